"""The anonymous reports: a database of their own, sealed to those who may read them."""

from __future__ import annotations

from storage.reports.model import Alert as Alert
from storage.reports.model import Clean as Clean
from storage.reports.model import Exhibit as Exhibit
from storage.reports.model import Happened as Happened
from storage.reports.model import Leaving as Leaving
from storage.reports.model import Note as Note
from storage.reports.model import Offered as Offered
from storage.reports.model import Open as Open
from storage.reports.model import Push as Push
from storage.reports.model import Reader as Reader
from storage.reports.model import Reconciled as Reconciled
from storage.reports.model import Report as Report
from storage.reports.model import Shown as Shown
from storage.reports.model import Waiting as Waiting
from storage.reports.reports import Reports as Reports
