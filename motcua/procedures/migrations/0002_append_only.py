from django.db import migrations

from motcua.journal.triggers import operation


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial"), ("journal", "0002_append_only")]
    operations = [operation(("procedures_lawvalue",))]
