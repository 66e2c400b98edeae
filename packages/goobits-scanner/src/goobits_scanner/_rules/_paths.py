"""Paths and archives that lead out of where they should stay."""

from __future__ import annotations

from goobits_scanner._rules._rule import (
    INFO,
    LIKELY,
    LOW,
    MEDIUM,
    UNSURE,
    VULNERABILITY,
    Rule,
)

_FS = "readFile readFileSync createReadStream writeFile writeFileSync createWriteStream".split()
_MORE_FS = (
    "appendFile unlink unlinkSync rm rmSync readdir readdirSync access open".split()
)

RULES = (
    Rule(
        "path-from-input",
        "paths",
        VULNERABILITY,
        LOW,
        LIKELY,
        22,
        "A file is chosen by a path from outside",
        "`../` or an absolute path in it leads to files that nobody meant to give away.",
        "Resolve the path and check that it lies in the folder that it should; or take only names.",
        {
            "python": (
                "open(0/file: ~input)",
                "io.open(0: ~input)",
                "codecs.open(0: ~input)",
                "os.remove(0/path: ~input)",
                "os.unlink(0/path: ~input)",
                "os.listdir(0/path: ~input)",
                "os.rename(*: ~input)",
                "os.makedirs(0/name: ~input)",
                "shutil.rmtree(0/path: ~input)",
                "shutil.copy(*: ~input)",
                "shutil.move(*: ~input)",
                "flask.send_file(0: ~input | ~param)",
                "send_file(0: ~input)",
                "django.http.FileResponse(0: ~input)",
                "fastapi.responses.FileResponse(0/path: ~input)",
                "starlette.responses.FileResponse(0/path: ~input)",
                "aiohttp.web.FileResponse(0: ~input)",
                "pathlib.Path().read_text(recv: ~input)",
                "pathlib.Path().read_bytes(recv: ~input)",
                "pathlib.Path().write_text(recv: ~input)",
                "pathlib.Path().write_bytes(recv: ~input)",
                "pathlib.Path().open(recv: ~input)",
                "pathlib.Path().unlink(recv: ~input)",
                "flask.request.files[].save(0: ~input & !<werkzeug.utils.secure_filename()>)",
                ".save(0: ~input & <os.path.join()>)",
            ),
            "javascript": (
                *(f"fs.{name}(0: ~input)" for name in (*_FS, *_MORE_FS)),
                *(
                    f"fs.promises.{name}(0: ~input)"
                    for name in ("readFile", "writeFile", "unlink")
                ),
                *(
                    f"fs.promises.{name}(0: ~input)"
                    for name in ("readFile", "writeFile", "unlink")
                ),
                *(f"fs-extra.{name}(0: ~input)" for name in (*_FS, "remove", "copy")),
                "@res.sendFile(0: ~input; 1.root: absent)",
                "@response.sendFile(0: ~input; 1.root: absent)",
                "@res.download(0: ~input)",
                "@reply.sendFile(0: ~input)",
                "path.join(*: ~input)",
                "path.resolve(*: ~input)",
                "require(0: ~input)",
                "fs.rmdir(0: ~input)",
                "fs.mkdir(0: ~input)",
                "fs.stat(0: ~input)",
                "fs.lstat(0: ~input)",
                "fs.readlink(0: ~input)",
                "fs.rename(0: ~input)",
                "fs.copyFile(0: ~input)",
                "fs.chmod(0: ~input)",
                "fs.truncate(0: ~input)",
                "fs.appendFile(0: ~input)",
                "fs.rm(0: ~input)",
                "fs.readdir(0: ~input)",
                "fs.access(0: ~input)",
                "fs.open(0: ~input)",
                "fs.opendir(0: ~input)",
                "fs.promises.rmdir(0: ~input)",
                "fs.promises.mkdir(0: ~input)",
                "fs.promises.stat(0: ~input)",
                "fs.promises.lstat(0: ~input)",
                "fs.promises.readlink(0: ~input)",
                "fs.promises.rename(0: ~input)",
                "fs.promises.copyFile(0: ~input)",
                "fs.promises.chmod(0: ~input)",
                "fs.promises.truncate(0: ~input)",
                "fs.promises.appendFile(0: ~input)",
                "fs.promises.rm(0: ~input)",
                "fs.promises.readdir(0: ~input)",
                "fs.promises.access(0: ~input)",
                "fs.promises.open(0: ~input)",
                "fs.promises.opendir(0: ~input)",
                "fs.mkdirSync(0: ~input)",
                "fs.statSync(0: ~input)",
                "fs.copyFileSync(0: ~input)",
                "fs.renameSync(0: ~input)",
                "fs.appendFileSync(0: ~input)",
                "fs.openSync(0: ~input)",
                "fs.rmdirSync(0: ~input)",
                "fs.accessSync(0: ~input)",
                "@res.sendfile(0: ~input)",
                "@response.download(0: ~input)",
                "serve-static(0: ~input)",
                "koa-send(1: ~input)",
                "Bun.file(0: ~input)",
                "Bun.write(0: ~input)",
                "Deno.readFile(0: ~input)",
                "Deno.readTextFile(0: ~input)",
                "Deno.open(0: ~input)",
                "Deno.writeTextFile(0: ~input)",
                "Deno.remove(0: ~input)",
                "fs-extra.readJson(0: ~input)",
                "fs-extra.outputFile(0: ~input)",
                "fs-extra.move(0: ~input)",
                "fs-extra.pathExists(0: ~input)",
                "graceful-fs.readFile(0: ~input)",
                ".mv(0: ~input)",
            ),
            "rust": (
                "std.fs.read(0: ~input)",
                "std.fs.read_to_string(0: ~input)",
                "std.fs.write(0: ~input)",
                "std.fs.remove_file(0: ~input)",
                "std.fs.remove_dir_all(0: ~input)",
                "std.fs.File.open(0: ~input)",
                "std.fs.File.create(0: ~input)",
                "tokio.fs.read(0: ~input)",
                "tokio.fs.read_to_string(0: ~input)",
                "tokio.fs.File.open(0: ~input)",
                "tokio.fs.write(0: ~input)",
                "tokio.fs.File.create(0: ~input)",
                "std.fs.copy(0: ~input)",
                "std.fs.rename(0: ~input)",
                "std.fs.read_dir(0: ~input)",
                "std.fs.create_dir_all(0: ~input)",
                "std.fs.remove_dir(0: ~input)",
                "std.fs.OpenOptions.new().**.open(0: ~input)",
                "tokio.fs.remove_file(0: ~input)",
                "tokio.fs.remove_dir_all(0: ~input)",
                "tokio.fs.read_dir(0: ~input)",
                "actix_files.NamedFile.open(0: ~input)",
                "actix_files.NamedFile.open_async(0: ~input)",
                "rocket.fs.NamedFile.open(0: ~input)",
            ),
        },
        bad={
            "python": (
                "from flask import request\n"
                "def show():\n    return open('/srv/files/' + request.args['name']).read()\n",
            ),
            "javascript": (
                "const fs = require('fs');\n"
                "app.get('/f', (req, res) => {\n"
                "  fs.readFile('/srv/' + req.query.name, (e, d) => res.end(d));\n});\n",
                "import fs from 'fs';\nexport default (req, res) => fs.promises.rm(req.query.file).then(() => res.end());\n",
            ),
            "rust": (
                "use actix_web::web;\n"
                "async fn show(n: web::Path<String>) -> String {\n"
                '    std::fs::read_to_string(format!("/srv/{}", n)).unwrap()\n}\n',
            ),
        },
        good={
            "python": (
                "import os\nfrom flask import request\n"
                "def show():\n"
                "    name = os.path.basename(request.args['name'])\n"
                "    return open('/srv/files/' + name).read()\n",
            ),
            "javascript": (
                "const fs = require('fs');\nconst path = require('path');\n"
                "app.get('/f', (req, res) => {\n"
                "  fs.readFile('/srv/' + path.basename(req.query.name), (e, d) => res.end(d));\n"
                "});\n",
                "import fs from 'fs';\nimport path from 'path';\nexport default (req, res) => fs.promises.rm('/srv/' + path.basename(req.query.file));\n",
                "export default (req, res) => res.sendFile(req.query.name, { root: 'exports' });\n",
            ),
            "rust": (
                "use actix_web::web;\n"
                "async fn show(n: web::Path<u32>) -> String {\n"
                '    std::fs::read_to_string("/srv/index").unwrap()\n}\n',
            ),
        },
        tainted=MEDIUM,
    ),
    Rule(
        "path-joined-from-parameter",
        "paths",
        VULNERABILITY,
        INFO,
        UNSURE,
        22,
        "A path is joined from a part that the caller chooses",
        "Where that part comes from outside, `../` in it leaves the folder.",
        "Check that the resolved path lies in the folder that it should.",
        {
            "javascript": ("path.join(*: ~param)", "path.resolve(*: ~param)"),
            "python": ("flask.send_from_directory(0: ~input)",),
        },
        bad={
            "javascript": (
                "const path = require('path');\n"
                "module.exports = function (root, name) { return path.join(root, name); };\n",
            ),
            "python": (
                "import flask\nfrom flask import request\n"
                "def show():\n"
                "    return flask.send_from_directory(request.args['folder'], 'a')\n",
            ),
        },
        good={
            "javascript": (
                "const path = require('path');\nconst file = path.join(__dirname, 'a.json');\n",
            ),
            "python": (
                "import flask\nfrom flask import request\n"
                "def show():\n    return flask.send_from_directory('files', 'a')\n",
            ),
        },
        tainted=LOW,
    ),
    Rule(
        "archive-extracted-unchecked",
        "paths",
        VULNERABILITY,
        LOW,
        LIKELY,
        22,
        "An archive is unpacked wherever its members say",
        "A member called `../x`, or a link, writes outside the folder.",
        "Pass `filter='data'` (Python 3.12), or check each member's resolved path first.",
        {
            "python": (
                "tarfile.open().extractall(filter: absent | 'fully_trusted')",
                "tarfile.open().extract(filter: absent | 'fully_trusted')",
                "tarfile.TarFile().extractall(filter: absent | 'fully_trusted')",
                "tarfile.TarFile.open().extractall(filter: absent | 'fully_trusted')",
                "shutil.unpack_archive(filter: absent; 0/filename: ~input | ~param)",
            ),
            "javascript": (
                "fs.createWriteStream(0: <@entry.path> | <**.entryName> | <@entry.fileName>)",
                "fs.createWriteStream(0: /\\0/ & <@entry.**>)",
                "fs.writeFileSync(0: <@entry.**> | <**.entryName>)",
                "path.join(1: <@entry.path> | <@entry.fileName> | <**.entryName> | <@header.name>)",
            ),
            "rust": (
                "**.join(0: <**.by_index().name()> | <**.enclosed_name_unchecked()>)",
                "std.fs.File.create(0: <**.by_index().name()>)",
            ),
        },
        bad={
            "python": (
                "import tarfile\n"
                "def unpack(path):\n    with tarfile.open(path) as t:\n        t.extractall('out')\n",
            ),
            "javascript": (
                "const fs = require('fs'); const path = require('path');\n"
                "stream.on('entry', (entry) => {\n"
                "  entry.pipe(fs.createWriteStream(path.join('out', entry.path)));\n});\n",
            ),
            "rust": (
                "fn unpack(a: &mut zip::ZipArchive<File>, out: &Path) {\n"
                "    let f = a.by_index(0).unwrap();\n"
                "    std::fs::File::create(f.name());\n}\n",
            ),
        },
        good={
            "python": (
                "import tarfile\n"
                "def unpack(path):\n"
                "    with tarfile.open(path) as t:\n"
                "        t.extractall('out', filter='data')\n",
            ),
            "javascript": (
                "const fs = require('fs'); const path = require('path');\n"
                "stream.on('entry', (entry) => {\n"
                "  entry.pipe(fs.createWriteStream(path.join('out', path.basename(entry.path))));\n"
                "});\n",
            ),
            "rust": (
                "fn unpack(a: &mut zip::ZipArchive<File>, out: &Path) {\n"
                "    let f = a.by_index(0).unwrap();\n"
                "    std::fs::File::create(out.join(f.enclosed_name().unwrap()));\n}\n",
            ),
        },
    ),
)
