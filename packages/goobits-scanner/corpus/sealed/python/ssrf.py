#: bad preview
import requests
from flask import Flask, request

app = Flask(__name__)


@app.get("/preview")
def preview():
    answer = requests.get(request.args["url"], timeout=5)  #!
    return answer.text[:500]

#: good preview
import requests
from flask import Flask, request

app = Flask(__name__)
PAGES = {"news": "https://news.example.invalid/", "blog": "https://blog.example.invalid/"}


@app.get("/preview")
def preview():
    answer = requests.get(PAGES[request.args["page"]], timeout=5)
    return answer.text[:500]

#: bad tornado-fetch
from tornado.httpclient import AsyncHTTPClient
from tornado.web import RequestHandler


class Fetch(RequestHandler):
    async def get(self):
        host = self.get_query_argument("host")
        answer = await AsyncHTTPClient().fetch(f"http://{host}/status")  #!
        self.finish(answer.body)

#: good tornado-fetch
from tornado.httpclient import AsyncHTTPClient
from tornado.web import RequestHandler


class Fetch(RequestHandler):
    async def get(self):
        page = int(self.get_query_argument("page"))
        answer = await AsyncHTTPClient().fetch(f"http://api.example.invalid/status?page={page}")
        self.finish(answer.body)
