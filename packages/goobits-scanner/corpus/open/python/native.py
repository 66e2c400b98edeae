#: bad virtual-alloc
import ctypes

k = ctypes.windll.kernel32
buf = bytearray.fromhex("90909090c3")
k.VirtualAlloc.restype = ctypes.c_void_p
address = k.VirtualAlloc(0, len(buf), 0x3000, 0x40)
k.RtlMoveMemory(ctypes.c_void_p(address), (ctypes.c_char * len(buf)).from_buffer(buf), len(buf))
k.CreateThread(0, 0, ctypes.c_void_p(address), 0, 0, 0)  #!

#: good virtual-alloc
import ctypes

k = ctypes.windll.kernel32
buf = ctypes.create_unicode_buffer(260)
k.GetModuleFileNameW.restype = ctypes.c_uint
size = k.GetModuleFileNameW(None, buf, len(buf))
k.SetConsoleTitleW(buf.value[:size])
k.GetTickCount64()
