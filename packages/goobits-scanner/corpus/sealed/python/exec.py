#: bad hostping
import subprocess as sp
from django.http import JsonResponse


def ping(request):
    host = request.GET.get("host", "localhost")
    command = f"ping -c 1 {host}"
    result = sp.run(command, shell=True, capture_output=True, text=True) #!
    return JsonResponse({"output": result.stdout})
#: good hostping
import ipaddress
import subprocess as sp
from django.http import JsonResponse


def ping(request):
    host = str(ipaddress.ip_address(request.GET.get("host", "127.0.0.1")))
    command = ["ping", "-c", "1", host]
    result = sp.run(command, shell=False, capture_output=True, text=True)
    return JsonResponse({"output": result.stdout})
#: bad archive
import asyncio
from aiohttp import web


class ArchiveView(web.View):
    async def post(self):
        form = await self.request.post()
        target = form.get("folder")
        line = "tar czf /srv/out.tgz {}".format(target)
        process = await asyncio.create_subprocess_shell(line) #!
        await process.wait()
        return web.json_response({"code": process.returncode})


routes = [web.view("/archive", ArchiveView)]
#: good archive
import asyncio
from aiohttp import web

FOLDERS = ("photos", "documents")


class ArchiveView(web.View):
    async def post(self):
        form = await self.request.post()
        target = FOLDERS[int(form.get("folder"))]
        process = await asyncio.create_subprocess_exec(
            "tar", "czf", "/srv/out.tgz", "--", target
        )
        await process.wait()
        return web.json_response({"code": process.returncode})


routes = [web.view("/archive", ArchiveView)]
