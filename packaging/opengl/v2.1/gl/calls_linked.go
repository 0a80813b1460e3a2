//go:build !windows

package gl

/*
#cgo darwin LDFLAGS: -framework OpenGL
#cgo !darwin,!gles,!arm,!arm64 pkg-config: gl
#cgo !darwin,gles !darwin,arm !darwin,arm64 CFLAGS: -DCONSIGN_GLES
#cgo !darwin,gles !darwin,arm !darwin,arm64 pkg-config: glesv2
#include <stdint.h>
#if defined(__APPLE__)
	#define GL_SILENCE_DEPRECATION
	#include <OpenGL/gl.h>
#elif defined(CONSIGN_GLES)
	#include <GLES3/gl3.h>
#else
	#define GL_GLEXT_PROTOTYPES
	#include <GL/gl.h>
	#include <GL/glext.h>
#endif

// An offset into a buffer is passed as an address.
static void vertexAttribPointer(GLuint index, GLint size, GLenum kind, GLboolean normalized, GLsizei stride, uintptr_t offset) {
	glVertexAttribPointer(index, size, kind, normalized, stride, (const void *)offset);
}
*/
import "C"

import "unsafe"

// Init does nothing here: the functions are linked.
func Init() error { return nil }

func truth(b bool) C.GLboolean {
	if b {
		return 1
	}
	return 0
}

// ActiveTexture is glActiveTexture.
func ActiveTexture(texture uint32) { C.glActiveTexture(C.GLenum(texture)) }

// AttachShader is glAttachShader.
func AttachShader(program, shader uint32) { C.glAttachShader(C.GLuint(program), C.GLuint(shader)) }

// BindBuffer is glBindBuffer.
func BindBuffer(target, buffer uint32) { C.glBindBuffer(C.GLenum(target), C.GLuint(buffer)) }

// BindTexture is glBindTexture.
func BindTexture(target, texture uint32) { C.glBindTexture(C.GLenum(target), C.GLuint(texture)) }

// BlendColor is glBlendColor.
func BlendColor(r, g, b, a float32) {
	C.glBlendColor(C.GLfloat(r), C.GLfloat(g), C.GLfloat(b), C.GLfloat(a))
}

// BlendFunc is glBlendFunc.
func BlendFunc(sfactor, dfactor uint32) { C.glBlendFunc(C.GLenum(sfactor), C.GLenum(dfactor)) }

// BufferData is glBufferData.
func BufferData(target uint32, size int, data unsafe.Pointer, usage uint32) {
	C.glBufferData(C.GLenum(target), C.GLsizeiptr(size), data, C.GLenum(usage))
}

// BufferSubData is glBufferSubData.
func BufferSubData(target uint32, offset, size int, data unsafe.Pointer) {
	C.glBufferSubData(C.GLenum(target), C.GLintptr(offset), C.GLsizeiptr(size), data)
}

// Clear is glClear.
func Clear(mask uint32) { C.glClear(C.GLbitfield(mask)) }

// ClearColor is glClearColor.
func ClearColor(r, g, b, a float32) {
	C.glClearColor(C.GLfloat(r), C.GLfloat(g), C.GLfloat(b), C.GLfloat(a))
}

// CompileShader is glCompileShader.
func CompileShader(shader uint32) { C.glCompileShader(C.GLuint(shader)) }

// CopyTexSubImage2D is glCopyTexSubImage2D.
func CopyTexSubImage2D(target uint32, level, xoffset, yoffset, x, y, width, height int32) {
	C.glCopyTexSubImage2D(C.GLenum(target), C.GLint(level), C.GLint(xoffset), C.GLint(yoffset),
		C.GLint(x), C.GLint(y), C.GLsizei(width), C.GLsizei(height))
}

// CreateProgram is glCreateProgram.
func CreateProgram() uint32 { return uint32(C.glCreateProgram()) }

// CreateShader is glCreateShader.
func CreateShader(kind uint32) uint32 { return uint32(C.glCreateShader(C.GLenum(kind))) }

// DeleteBuffers is glDeleteBuffers.
func DeleteBuffers(n int32, buffers *uint32) { C.glDeleteBuffers(C.GLsizei(n), (*C.GLuint)(buffers)) }

// DeleteProgram is glDeleteProgram.
func DeleteProgram(program uint32) { C.glDeleteProgram(C.GLuint(program)) }

// DeleteTextures is glDeleteTextures.
func DeleteTextures(n int32, textures *uint32) {
	C.glDeleteTextures(C.GLsizei(n), (*C.GLuint)(textures))
}

// Disable is glDisable.
func Disable(capability uint32) { C.glDisable(C.GLenum(capability)) }

// DrawArrays is glDrawArrays.
func DrawArrays(mode uint32, first, count int32) {
	C.glDrawArrays(C.GLenum(mode), C.GLint(first), C.GLsizei(count))
}

// Enable is glEnable.
func Enable(capability uint32) { C.glEnable(C.GLenum(capability)) }

// EnableVertexAttribArray is glEnableVertexAttribArray.
func EnableVertexAttribArray(index uint32) { C.glEnableVertexAttribArray(C.GLuint(index)) }

// GenBuffers is glGenBuffers.
func GenBuffers(n int32, buffers *uint32) { C.glGenBuffers(C.GLsizei(n), (*C.GLuint)(buffers)) }

// GenTextures is glGenTextures.
func GenTextures(n int32, textures *uint32) { C.glGenTextures(C.GLsizei(n), (*C.GLuint)(textures)) }

// GetAttribLocation is glGetAttribLocation.
func GetAttribLocation(program uint32, name *uint8) int32 {
	return int32(C.glGetAttribLocation(C.GLuint(program), (*C.GLchar)(unsafe.Pointer(name))))
}

// GetError is glGetError.
func GetError() uint32 { return uint32(C.glGetError()) }

// GetIntegerv is glGetIntegerv.
func GetIntegerv(pname uint32, data *int32) { C.glGetIntegerv(C.GLenum(pname), (*C.GLint)(data)) }

// GetProgramInfoLog is glGetProgramInfoLog.
func GetProgramInfoLog(program uint32, bufSize int32, length *int32, infoLog *uint8) {
	C.glGetProgramInfoLog(C.GLuint(program), C.GLsizei(bufSize), (*C.GLsizei)(length), (*C.GLchar)(unsafe.Pointer(infoLog)))
}

// GetProgramiv is glGetProgramiv.
func GetProgramiv(program, pname uint32, params *int32) {
	C.glGetProgramiv(C.GLuint(program), C.GLenum(pname), (*C.GLint)(params))
}

// GetShaderInfoLog is glGetShaderInfoLog.
func GetShaderInfoLog(shader uint32, bufSize int32, length *int32, infoLog *uint8) {
	C.glGetShaderInfoLog(C.GLuint(shader), C.GLsizei(bufSize), (*C.GLsizei)(length), (*C.GLchar)(unsafe.Pointer(infoLog)))
}

// GetShaderiv is glGetShaderiv.
func GetShaderiv(shader, pname uint32, params *int32) {
	C.glGetShaderiv(C.GLuint(shader), C.GLenum(pname), (*C.GLint)(params))
}

// GetUniformLocation is glGetUniformLocation.
func GetUniformLocation(program uint32, name *uint8) int32 {
	return int32(C.glGetUniformLocation(C.GLuint(program), (*C.GLchar)(unsafe.Pointer(name))))
}

// LinkProgram is glLinkProgram.
func LinkProgram(program uint32) { C.glLinkProgram(C.GLuint(program)) }

// ReadBuffer is glReadBuffer.
func ReadBuffer(src uint32) { C.glReadBuffer(C.GLenum(src)) }

// ReadPixels is glReadPixels.
func ReadPixels(x, y, width, height int32, format, kind uint32, pixels unsafe.Pointer) {
	C.glReadPixels(C.GLint(x), C.GLint(y), C.GLsizei(width), C.GLsizei(height), C.GLenum(format), C.GLenum(kind), pixels)
}

// Scissor is glScissor.
func Scissor(x, y, width, height int32) {
	C.glScissor(C.GLint(x), C.GLint(y), C.GLsizei(width), C.GLsizei(height))
}

// ShaderSource is glShaderSource.
func ShaderSource(shader uint32, count int32, sources **uint8, length *int32) {
	C.glShaderSource(C.GLuint(shader), C.GLsizei(count), (**C.GLchar)(unsafe.Pointer(sources)), (*C.GLint)(length))
}

// TexImage2D is glTexImage2D.
func TexImage2D(target uint32, level, internalformat, width, height, border int32, format, kind uint32, pixels unsafe.Pointer) {
	C.glTexImage2D(C.GLenum(target), C.GLint(level), C.GLint(internalformat), C.GLsizei(width), C.GLsizei(height), C.GLint(border),
		C.GLenum(format), C.GLenum(kind), pixels)
}

// TexParameteri is glTexParameteri.
func TexParameteri(target, pname uint32, param int32) {
	C.glTexParameteri(C.GLenum(target), C.GLenum(pname), C.GLint(param))
}

// Uniform1f is glUniform1f.
func Uniform1f(location int32, v0 float32) { C.glUniform1f(C.GLint(location), C.GLfloat(v0)) }

// Uniform1fv is glUniform1fv.
func Uniform1fv(location, count int32, value *float32) {
	C.glUniform1fv(C.GLint(location), C.GLsizei(count), (*C.GLfloat)(value))
}

// Uniform1i is glUniform1i.
func Uniform1i(location, v0 int32) { C.glUniform1i(C.GLint(location), C.GLint(v0)) }

// Uniform2f is glUniform2f.
func Uniform2f(location int32, v0, v1 float32) {
	C.glUniform2f(C.GLint(location), C.GLfloat(v0), C.GLfloat(v1))
}

// Uniform2fv is glUniform2fv.
func Uniform2fv(location, count int32, value *float32) {
	C.glUniform2fv(C.GLint(location), C.GLsizei(count), (*C.GLfloat)(value))
}

// Uniform4f is glUniform4f.
func Uniform4f(location int32, v0, v1, v2, v3 float32) {
	C.glUniform4f(C.GLint(location), C.GLfloat(v0), C.GLfloat(v1), C.GLfloat(v2), C.GLfloat(v3))
}

// UseProgram is glUseProgram.
func UseProgram(program uint32) { C.glUseProgram(C.GLuint(program)) }

// VertexAttribPointerWithOffset is glVertexAttribPointer.
func VertexAttribPointerWithOffset(index uint32, size int32, kind uint32, normalized bool, stride int32, offset uintptr) {
	C.vertexAttribPointer(C.GLuint(index), C.GLint(size), C.GLenum(kind), truth(normalized), C.GLsizei(stride), C.uintptr_t(offset))
}

// Viewport is glViewport.
func Viewport(x, y, width, height int32) {
	C.glViewport(C.GLint(x), C.GLint(y), C.GLsizei(width), C.GLsizei(height))
}
