#: bad jwt-decode
import jwt
from fastapi import Header


def current_user(authorization: str = Header()):
    token = authorization.removeprefix("Bearer ")
    claims = jwt.decode(token, options={"verify_signature": False})  #!
    return claims["sub"]

#: good jwt-decode
import jwt
from fastapi import Header

from .settings import PUBLIC_KEY


def current_user(authorization: str = Header()):
    token = authorization.removeprefix("Bearer ")
    claims = jwt.decode(token, PUBLIC_KEY, algorithms=["RS256"])
    return claims["sub"]

#: bad csrf-exempt
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt  #!
def change_mail(request):
    request.user.email = request.POST["email"]
    request.user.save()
    return HttpResponse(status=204)

#: good csrf-exempt
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_protect


@csrf_protect
def change_mail(request):
    request.user.email = request.POST["email"]
    request.user.save()
    return HttpResponse(status=204)
