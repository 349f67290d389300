"""What is kept: the database, the keys, the erasing."""

# Every table is known wherever one of them is: to the migrations, to backups, to the erasing.
from storage import calendar_schema as calendar_schema
from storage import case_schema as case_schema
from storage import handoff_schema as handoff_schema
from storage import service_schema as service_schema
from storage import voice_schema as voice_schema
from storage import wording_schema as wording_schema
