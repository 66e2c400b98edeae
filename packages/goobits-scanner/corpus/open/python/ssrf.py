#: bad webhook
import httpx
from fastapi import FastAPI, Body

app = FastAPI()


@app.post("/notify")
async def notify(target: str = Body(...), text: str = Body(...)):
    async with httpx.AsyncClient(timeout=5) as client:
        response = await client.post(f"http://{target}/hook", json={"text": text}) #!
    return {"status": response.status_code}
#: good webhook
import httpx
from fastapi import FastAPI, Body

app = FastAPI()
TARGETS = {"ops": "https://ops.corp.invalid/hook", "dev": "https://dev.corp.invalid/hook"}


@app.post("/notify")
async def notify(target: str = Body(...), text: str = Body(...)):
    async with httpx.AsyncClient(timeout=5) as client:
        response = await client.post(TARGETS[target], json={"text": text})
    return {"status": response.status_code}
#: bad importer
from urllib import request as urlrequest

from django.http import JsonResponse
from django.views import View


class ImportView(View):
    def fetch(self, address):
        with urlrequest.urlopen(address) as handle: #!
            return handle.read()

    def post(self, request):
        address = request.POST["feed"]
        return JsonResponse({"size": len(self.fetch(address))})
#: good importer
from urllib import request as urlrequest
from urllib.parse import quote

from django.http import JsonResponse
from django.views import View

FEED = "https://feeds.corp.invalid/"


class ImportView(View):
    def fetch(self, name):
        with urlrequest.urlopen(FEED + quote(name, safe="")) as handle:
            return handle.read()

    def post(self, request):
        name = request.POST["feed"]
        return JsonResponse({"size": len(self.fetch(name))})
