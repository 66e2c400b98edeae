#: bad database
import psycopg2

DSN = "postgresql://reports:P3YXy8U4CWHYtOCNnj@db.prod.invalid:5432/reports" #!


def connect():
    return psycopg2.connect(DSN)
#: good database
import os

import psycopg2

DSN = "postgresql://reports:{password}@db.prod.invalid:5432/reports"


def connect():
    return psycopg2.connect(DSN.format(password=os.environ["REPORTS_PASSWORD"]))
