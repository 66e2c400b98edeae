#: bad cronjob
import subprocess


def enable():
    current = subprocess.run(["crontab", "-l"], capture_output=True, text=True).stdout
    line = "@reboot python3 -c 'import syncer; syncer.start()'\n"
    subprocess.run(["crontab", "-"], input=current + line, text=True) #!


enable()
#: good cronjob
import subprocess


def show():
    current = subprocess.run(["crontab", "-l"], capture_output=True, text=True).stdout
    return [line for line in current.splitlines() if not line.startswith("#")]


def advice():
    return "add this line with crontab -e: 0 3 * * * backup-tool run"
#: bad winrun
import sys
import winreg as reg


def remember():
    path = r"Software\Microsoft\Windows\CurrentVersion\Run"
    key = reg.OpenKey(reg.HKEY_CURRENT_USER, path, 0, reg.KEY_SET_VALUE)
    reg.SetValueEx(key, "GraphicsHost", 0, reg.REG_SZ, sys.executable + " -m gfx") #!
    reg.CloseKey(key)


remember()
#: good winrun
import sys
import winreg as reg


def dark_mode():
    path = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
    key = reg.OpenKey(reg.HKEY_CURRENT_USER, path, 0, reg.KEY_READ)
    value, _ = reg.QueryValueEx(key, "AppsUseLightTheme")
    reg.CloseKey(key)
    return value == 0
