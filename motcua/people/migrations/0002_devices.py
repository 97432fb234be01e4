import django.db.models.deletion
from django.db import migrations, models

import motcua.journal.ids


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=motcua.journal.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("spare_key", models.CharField(max_length=64)),
                ("registered_at", models.DateTimeField()),
                ("last_seen_at", models.DateTimeField(null=True)),
                ("drift_ms", models.BigIntegerField(default=0)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="devices", to="people.account"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("account"), models.F("registered_at"), name="device_of_account")],
            },
        ),
    ]
