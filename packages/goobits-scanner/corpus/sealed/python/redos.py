#: bad user-pattern
import re

from django.http import JsonResponse

LINES = ["alpha", "beta", "gamma"]


def search(request):
    pattern = request.GET["pattern"]
    return JsonResponse({"hits": [line for line in LINES if re.search(pattern, line)]})  #!

#: good user-pattern
import re

from django.http import JsonResponse

LINES = ["alpha", "beta", "gamma"]


def search(request):
    pattern = re.escape(request.GET["pattern"])
    return JsonResponse({"hits": [line for line in LINES if re.search(pattern, line)]})
