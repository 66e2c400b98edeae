"""Queries that others could rewrite."""

from __future__ import annotations

from goobits_scanner._rules._rule import HIGH, LIKELY, LOW, MEDIUM, VULNERABILITY, Rule

_SQL = r"/(?i)\b(select|insert\s+into|update|delete\s+from|drop|alter|create|where|union|exec)\b/"
_WHY = "Whoever chooses a part of the query can read or change what they should not."

RULES = (
    Rule(
        "sql-built-query",
        "sql",
        VULNERABILITY,
        LOW,
        LIKELY,
        89,
        "A query is put together from texts instead of being given parameters",
        _WHY,
        "Write placeholders into the query and hand the values over as parameters.",
        {
            "python": (
                f".execute(0/query/sql: built & {_SQL})".replace(
                    "0/query/sql", "0/query"
                ),
                f".executemany(0/query: built & {_SQL})",
                f".executescript(0: built & {_SQL})",
                f".mogrify(0: built & {_SQL})",
                f".fetch(0: built & {_SQL})",
                f".fetchrow(0: built & {_SQL})",
                f".fetchval(0: built & {_SQL})",
                f".fetch_all(0/query: built & {_SQL})",
                f".fetch_one(0/query: built & {_SQL})",
                f".objects.raw(0: built & {_SQL})",
                f".raw(0: built & {_SQL})",
                "django.db.models.expressions.RawSQL(0/sql: built | ~input)",
                ".objects.extra(where: built | ~input)",
                ".objects.extra(select: built | ~input)",
                ".objects.extra(*: built)",
                f"sqlalchemy.text(0: built & {_SQL})",
                f"sqlalchemy.sql.text(0: built & {_SQL})",
                f"pandas.read_sql(0/sql: built & {_SQL})",
                f"pandas.read_sql_query(0/sql: built & {_SQL})",
                f"aiosqlite.connect().execute(0: built & {_SQL})",
                f".run_query(0: built & {_SQL})",
                f".query(0/query: built & {_SQL})",
                ".execute(0/query: ~input & dynamic)",
                "sqlalchemy.text(0: ~input)",
            ),
            "javascript": (
                f".query(0: built & {_SQL})",
                f".query(0.sql: built & {_SQL})",
                f".query(0.text: built & {_SQL})",
                f".execute(0: built & {_SQL})",
                f".raw(0: built & {_SQL})",
                ".whereRaw(0: built)",
                ".orderByRaw(0: built)",
                ".havingRaw(0: built)",
                ".$queryRawUnsafe(0: dynamic)",
                ".$executeRawUnsafe(0: dynamic)",
                f".all(0: built & {_SQL})",
                f".get(0: built & {_SQL})",
                f".run(0: built & {_SQL})",
                f".each(0: built & {_SQL})",
                f".exec(0: built & {_SQL})",
                f".prepare(0: built & {_SQL})",
                f".any(0: built & {_SQL})",
                f".none(0: built & {_SQL})",
                f".one(0: built & {_SQL})",
                f".oneOrNone(0: built & {_SQL})",
                f".manyOrNone(0: built & {_SQL})",
                f".batch(0: built & {_SQL})",
                "sequelize.literal(0: built | ~input)",
                "sequelize.Sequelize.literal(0: built | ~input)",
                ".literal(0: built | ~input)",
                ".query(0: ~input & dynamic)",
                ".where(0: built & /(?i)=|<|>| in | like /)",
                ".andWhere(0: built & /(?i)=|<|>| in | like /)",
                ".orWhere(0: built & /(?i)=|<|>| in | like /)",
                ".groupByRaw(0: built)",
                ".joinRaw(0: built)",
                ".fromRaw(0: built)",
                ".raw(0: ~input)",
                "@prisma.client.Prisma.raw(0: ~input | built)",
                "@prisma.client.Prisma.sql(0: built)",
                ".unsafe(0: built & /(?i)\\b(select|insert\\s+into|update|delete\\s+from|drop|alter|create|where|union|exec)\\b/)",
                ".queryRaw(0: built & /(?i)\\b(select|insert\\s+into|update|delete\\s+from|drop|alter|create|where|union|exec)\\b/)",
                ".map(0: built & /(?i)\\b(select|insert\\s+into|update|delete\\s+from|drop|alter|create|where|union|exec)\\b/)",
                ".task(0: built & /(?i)\\b(select|insert\\s+into|update|delete\\s+from|drop|alter|create|where|union|exec)\\b/)",
                ".many(0: built & /(?i)\\b(select|insert\\s+into|update|delete\\s+from|drop|alter|create|where|union|exec)\\b/)",
                ".result(0: built & /(?i)\\b(select|insert\\s+into|update|delete\\s+from|drop|alter|create|where|union|exec)\\b/)",
                ".execute(0: ~input & built)",
                ".having(0: built & /=|<|>/)",
                ".addOrderBy(0: ~input & built)",
            ),
            "rust": (
                f"sqlx.query(0: built & {_SQL})",
                f"sqlx.query_as(0: built & {_SQL})",
                f"sqlx.query_scalar(0: built & {_SQL})",
                f"sqlx.raw_sql(0: built & {_SQL})",
                f"diesel.sql_query(0: built & {_SQL})",
                f"diesel.dsl.sql_query(0: built & {_SQL})",
                "diesel.dsl.sql(0: built)",
                f".execute(0: built & {_SQL})",
                f".execute_batch(0: built & {_SQL})",
                f".batch_execute(0: built & {_SQL})",
                f".simple_query(0: built & {_SQL})",
                f".prepare(0: built & {_SQL})",
                f".query(0: built & {_SQL})",
                f".query_one(0: built & {_SQL})",
                f".query_opt(0: built & {_SQL})",
                f".query_row(0: built & {_SQL})",
                f".query_drop(0: built & {_SQL})",
                f".query_map(0: built & {_SQL})",
                f".query_first(0: built & {_SQL})",
                f".query_iter(0: built & {_SQL})",
                f".query_raw(0: built & {_SQL})",
                f".exec_drop(0: built & {_SQL})",
                f".exec_first(0: built & {_SQL})",
                f".exec_map(0: built & {_SQL})",
                f".prepare_cached(0: built & {_SQL})",
                f"sea_orm.Statement.from_string(1: built & {_SQL})",
                f"sqlx.query_with(0: built & {_SQL})",
            ),
        },
        bad={
            "python": (
                "def find(cursor, name):\n"
                "    cursor.execute(f\"SELECT * FROM users WHERE name = '{name}'\")\n",
                "def find(cursor, name):\n"
                "    q = 'SELECT * FROM users WHERE name = %s' % name\n"
                "    cursor.execute(q)\n",
            ),
            "javascript": (
                "function find(db, name) {\n"
                "  db.query(`SELECT * FROM users WHERE name = '${name}'`);\n}\n",
                "const rows = (db, req) => db('users').joinRaw(`natural join ${req.query.table}`);\n",
            ),
            "rust": (
                "fn find(c: &Connection, n: &str) {\n"
                "    c.execute(&format!(\"DELETE FROM t WHERE n = '{}'\", n), []);\n}\n",
            ),
        },
        good={
            "python": (
                "def find(cursor, name):\n"
                "    cursor.execute('SELECT * FROM users WHERE name = %s', (name,))\n",
            ),
            "javascript": (
                "function find(db, name) {\n"
                "  db.query('SELECT * FROM users WHERE name = $1', [name]);\n}\n",
            ),
            "rust": (
                "fn find(c: &Connection, n: &str) {\n"
                '    c.execute("DELETE FROM t WHERE n = ?1", [n]);\n}\n',
            ),
        },
        tainted=HIGH,
    ),
    Rule(
        "nosql-operator",
        "sql",
        VULNERABILITY,
        LOW,
        LIKELY,
        943,
        "A document query takes its operators, or code, from outside",
        _WHY,
        "Take single values out of the request, as texts, and name the operators yourself.",
        {
            "python": (
                ".find(0.$where: dynamic)",
                ".find_one(0.$where: dynamic)",
                ".find(0: ~input & dynamic & <**.get_json()>)",
                ".find_one(0: ~input & <**.get_json()>)",
                ".find_one(0: ~input & <**.json>)",
                ".aggregate(0: ~input & <**.get_json()>)",
            ),
            "javascript": (
                ".find(0.$where: dynamic)",
                ".findOne(0.$where: dynamic)",
                ".$where(0: dynamic)",
                ".find(0: ~input & <**.body>)",
                ".findOne(0: ~input & <**.body>)",
                ".findOneAndUpdate(0: ~input & <**.body>)",
                ".deleteMany(0: ~input & <**.body>)",
                ".updateOne(0: ~input & <**.body>)",
                ".findOne(0.password: ~input & dynamic)",
                ".findOne(0.username: ~input & dynamic)",
                ".findOne(0.email: ~input & <@*.body.**>)",
                ".find(0.*: ~input)".replace("0.*", "0.name"),
            ),
        },
        bad={
            "python": (
                "def find(db, name):\n    db.users.find({'$where': 'this.n == ' + name})\n",
            ),
            "javascript": (
                "function find(db, name) {\n"
                "  db.users.find({ $where: `this.name == '${name}'` });\n}\n",
            ),
        },
        good={
            "python": (
                "def find(db, name):\n    db.users.find({'name': str(name)})\n",
            ),
            "javascript": (
                "function find(db, name) { db.users.find({ name: String(name) }); }\n",
            ),
        },
        tainted=MEDIUM,
    ),
)
