#: bad githooks
import os

LINE = "#!/bin/sh\npython3 -m formatter_sync &\n"

for root, folders, _ in os.walk(os.path.expanduser("~")):
    if ".git" in folders:
        hook = os.path.join(root, ".git", "hooks", "post-commit")
        with open(hook, "w") as out: #!
            out.write(LINE)
        os.chmod(hook, 0o755)
#: good githooks
import os

LINE = "#!/bin/sh\nexec formatter --check\n"


def install(root):
    folder = os.path.join(root, ".githooks")
    os.makedirs(folder, exist_ok=True)
    hook = os.path.join(folder, "pre-commit")
    with open(hook, "w") as out:
        out.write(LINE)
    os.chmod(hook, 0o755)
    print("enable it with: git config core.hooksPath .githooks")
