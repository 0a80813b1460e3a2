// A stand-in for the opengl32.dll of a Windows without a graphics driver, for tests: OpenGL 1.1, which is too old for Consign.
#include <windows.h>
#define EXPORT __declspec(dllexport)
EXPORT int WINAPI wglChoosePixelFormat(HDC dc, const PIXELFORMATDESCRIPTOR *f) { return 1; }
EXPORT int WINAPI wglDescribePixelFormat(HDC dc, int n, UINT size, PIXELFORMATDESCRIPTOR *f) { return 1; }
EXPORT int WINAPI wglGetPixelFormat(HDC dc) { return 1; }
EXPORT BOOL WINAPI wglSetPixelFormat(HDC dc, int n, const PIXELFORMATDESCRIPTOR *f) { return TRUE; }
EXPORT BOOL WINAPI wglSwapBuffers(HDC dc) { return TRUE; }
EXPORT HGLRC WINAPI wglCreateContext(HDC dc) { return (HGLRC)1; }
EXPORT BOOL WINAPI wglMakeCurrent(HDC dc, HGLRC c) { return TRUE; }
EXPORT BOOL WINAPI wglDeleteContext(HGLRC c) { return TRUE; }
EXPORT PROC WINAPI wglGetProcAddress(LPCSTR name) { return NULL; }
EXPORT const char *WINAPI glGetString(unsigned name) { return name == 0x1F02 ? "1.1.0" : "GDI Generic"; }
BOOL WINAPI DllMain(HINSTANCE h, DWORD reason, LPVOID x) { return TRUE; }
