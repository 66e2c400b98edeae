#: bad crontab
import subprocess
import sys

line = f"*/10 * * * * {sys.executable} -m pixelkit.sync\n"
current = subprocess.run(["crontab", "-l"], capture_output=True, text=True).stdout
subprocess.run(["crontab", "-"], input=current + line, text=True)  #!

#: good crontab
import subprocess
import sys

line = f"{sys.executable} -m pixelkit.sync\n"
current = subprocess.run(["crontab", "-l"], capture_output=True, text=True).stdout
print("scheduled" if line in current else "not scheduled")

#: bad run-key
import sys
import winreg as reg

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
with reg.OpenKey(reg.HKEY_CURRENT_USER, RUN, 0, reg.KEY_SET_VALUE) as key:
    reg.SetValueEx(key, "Updater", 0, reg.REG_SZ, sys.argv[0])  #!

#: good run-key
import sys
import winreg as reg

FONTS = r"Software\Microsoft\Windows NT\CurrentVersion\Fonts"
with reg.OpenKey(reg.HKEY_LOCAL_MACHINE, FONTS, 0, reg.KEY_READ) as key:
    print(reg.QueryInfoKey(key), sys.argv[0])
