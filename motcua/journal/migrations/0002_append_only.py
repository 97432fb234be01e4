from django.db import migrations

from motcua.journal.triggers import GUARDED, operation


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [operation(GUARDED)]
