#: bad tokens
import jwt
from flask import request


def current_user():
    token = request.headers["Authorization"].removeprefix("Bearer ")
    claims = jwt.decode(token, options={"verify_signature": False}) #!
    return claims["sub"]
#: good tokens
import os

import jwt
from flask import request


def current_user():
    token = request.headers["Authorization"].removeprefix("Bearer ")
    key = os.environ["JWT_KEY"]
    claims = jwt.decode(token, key, algorithms=["HS256"], options={"require": ["exp"]})
    return claims["sub"]
#: bad transfer
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from .models import Account


@csrf_exempt #!
def transfer(request):
    account = Account.objects.get(user=request.user)
    account.send(request.POST["to"], int(request.POST["amount"]))
    return HttpResponse(status=204)
#: good transfer
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_protect

from .models import Account


@csrf_protect
def transfer(request):
    account = Account.objects.get(user=request.user)
    account.send(request.POST["to"], int(request.POST["amount"]))
    return HttpResponse(status=204)
