#: bad feed
import httpx

OPTIONS = {"timeout": 5.0, "verify": False}


async def latest(url):
    async with httpx.AsyncClient(**OPTIONS) as client: #!
        response = await client.get(url)
        return response.json()
#: good feed
import httpx

OPTIONS = {"timeout": 5.0, "verify": True}


async def latest(url):
    async with httpx.AsyncClient(**OPTIONS) as client:
        response = await client.get(url)
        return response.json()
