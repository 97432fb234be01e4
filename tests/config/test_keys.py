import stat
from concurrent.futures import ThreadPoolExecutor

from motcua.config.keys import secret_key


def test_a_key_is_made_once_and_is_its_owners_alone(tmp_path):
    file = tmp_path / "keys" / "secret"
    key = secret_key(file)
    assert len(key) >= 50
    assert secret_key(file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_all_who_ask_at_once_get_the_same_key(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(secret_key, [tmp_path / "keys" / "secret"] * 64))
    assert len(keys) == 1
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["secret"]
