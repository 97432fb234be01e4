import json
import signal
import subprocess
import sys

from tests.processes import motcua


def told(environment, *words):
    done = subprocess.run(motcua(*words, "--json"), env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_an_interrupted_demo_is_made_again_and_a_finished_one_is_kept(own_database):
    begun = subprocess.Popen(
        motcua("demo", "--dossiers", "200"), env=own_database, stderr=subprocess.PIPE, text=True, bufsize=1
    )
    assert begun.stderr
    for line in begun.stderr:
        if "acts" in line:
            break
    begun.send_signal(signal.SIGKILL)
    begun.communicate()

    made = told(own_database, "demo", "--if-empty", "--dossiers", "3", "--until", "2026-06-09T17:00")
    after = told(own_database, "verify")
    assert after["ok"]
    assert after["looked_at"]["dossiers"] == made["dossiers"] < 10, "nothing is left of the first one"

    assert subprocess.run(motcua("demo", "--if-empty"), env=own_database, check=False).returncode == 0
    assert told(own_database, "verify") == after


def heads_of(environment):
    """The newest hash of every dossier, by its code: two equal heads mean two equal histories."""
    asked = (
        "from motcua.dossiers.models import Dossier; import json; "
        "print(json.dumps([[d.reference, d.code, bytes(d.head).hex()] for d in Dossier.objects.order_by('reference')]))"
    )
    code = f"import django; django.setup(); {asked}"
    words = [sys.executable, "-c", code]
    settled = {**environment, "DJANGO_SETTINGS_MODULE": "motcua.config.settings"}
    return json.loads(subprocess.run(words, env=settled, capture_output=True, text=True, check=True).stdout)


def test_one_seed_is_one_month_down_to_every_hash(own_database, tmp_path):
    month = ("demo", "--dossiers", "4", "--until", "2026-06-09T17:00", "--seed")
    told(own_database, *month, "7")
    first = heads_of(own_database)
    assert len(first) > 4
    again = {**own_database, "MOTCUA_DATA": str(tmp_path / "again"), "MOTCUA_DATABASE_URL": ""}
    told(again, *month, "7")
    assert heads_of(again) == first
