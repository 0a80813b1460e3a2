package gl

import (
	"fmt"
	"math"
	"syscall"
	"unsafe"
)

// Init finds the functions in the opengl32.dll that the process has loaded, which may be another one than the system's, and in its driver.
// A context must be current.
func Init() error {
	library := syscall.NewLazyDLL("opengl32.dll")
	ask := library.NewProc("wglGetProcAddress")
	if err := ask.Find(); err != nil {
		return err
	}
	for _, f := range functions {
		name, err := syscall.BytePtrFromString(f.name)
		if err != nil {
			return err
		}
		f.address, _, _ = ask.Call(uintptr(unsafe.Pointer(name)))
		if own := library.NewProc(f.name); own.Find() == nil { // those of OpenGL 1.1, which the driver is not asked for
			f.address = own.Addr()
		}
		if f.address == 0 {
			return fmt.Errorf("OpenGL has no %s", f.name)
		}
	}
	return nil
}

// function is a function of OpenGL. Init gives it its address.
type function struct {
	name    string
	address uintptr
}

var functions []*function

func named(name string) *function {
	f := &function{name: name}
	functions = append(functions, f)
	return f
}

// call passes the numbers on; what they point to stays where it is meanwhile.
//
//go:uintptrescapes
func (f *function) call(arguments ...uintptr) uintptr {
	result, _, _ := syscall.SyscallN(f.address, arguments...)
	return result
}

// bits is how a float is passed: the runtime puts it into the floating-point registers too.
func bits(f float32) uintptr { return uintptr(math.Float32bits(f)) }

func truth(b bool) uintptr {
	if b {
		return 1
	}
	return 0
}

var (
	fnActiveTexture           = named("glActiveTexture")
	fnAttachShader            = named("glAttachShader")
	fnBindBuffer              = named("glBindBuffer")
	fnBindTexture             = named("glBindTexture")
	fnBlendColor              = named("glBlendColor")
	fnBlendFunc               = named("glBlendFunc")
	fnBufferData              = named("glBufferData")
	fnBufferSubData           = named("glBufferSubData")
	fnClear                   = named("glClear")
	fnClearColor              = named("glClearColor")
	fnCompileShader           = named("glCompileShader")
	fnCopyTexSubImage2D       = named("glCopyTexSubImage2D")
	fnCreateProgram           = named("glCreateProgram")
	fnCreateShader            = named("glCreateShader")
	fnDeleteBuffers           = named("glDeleteBuffers")
	fnDeleteProgram           = named("glDeleteProgram")
	fnDeleteTextures          = named("glDeleteTextures")
	fnDisable                 = named("glDisable")
	fnDrawArrays              = named("glDrawArrays")
	fnEnable                  = named("glEnable")
	fnEnableVertexAttribArray = named("glEnableVertexAttribArray")
	fnGenBuffers              = named("glGenBuffers")
	fnGenTextures             = named("glGenTextures")
	fnGetAttribLocation       = named("glGetAttribLocation")
	fnGetError                = named("glGetError")
	fnGetIntegerv             = named("glGetIntegerv")
	fnGetProgramInfoLog       = named("glGetProgramInfoLog")
	fnGetProgramiv            = named("glGetProgramiv")
	fnGetShaderInfoLog        = named("glGetShaderInfoLog")
	fnGetShaderiv             = named("glGetShaderiv")
	fnGetUniformLocation      = named("glGetUniformLocation")
	fnLinkProgram             = named("glLinkProgram")
	fnReadBuffer              = named("glReadBuffer")
	fnReadPixels              = named("glReadPixels")
	fnScissor                 = named("glScissor")
	fnShaderSource            = named("glShaderSource")
	fnTexImage2D              = named("glTexImage2D")
	fnTexParameteri           = named("glTexParameteri")
	fnUniform1f               = named("glUniform1f")
	fnUniform1fv              = named("glUniform1fv")
	fnUniform1i               = named("glUniform1i")
	fnUniform2f               = named("glUniform2f")
	fnUniform2fv              = named("glUniform2fv")
	fnUniform4f               = named("glUniform4f")
	fnUseProgram              = named("glUseProgram")
	fnVertexAttribPointer     = named("glVertexAttribPointer")
	fnViewport                = named("glViewport")
)

// ActiveTexture is glActiveTexture.
func ActiveTexture(texture uint32) { fnActiveTexture.call(uintptr(texture)) }

// AttachShader is glAttachShader.
func AttachShader(program, shader uint32) { fnAttachShader.call(uintptr(program), uintptr(shader)) }

// BindBuffer is glBindBuffer.
func BindBuffer(target, buffer uint32) { fnBindBuffer.call(uintptr(target), uintptr(buffer)) }

// BindTexture is glBindTexture.
func BindTexture(target, texture uint32) { fnBindTexture.call(uintptr(target), uintptr(texture)) }

// BlendColor is glBlendColor.
func BlendColor(r, g, b, a float32) { fnBlendColor.call(bits(r), bits(g), bits(b), bits(a)) }

// BlendFunc is glBlendFunc.
func BlendFunc(sfactor, dfactor uint32) { fnBlendFunc.call(uintptr(sfactor), uintptr(dfactor)) }

// BufferData is glBufferData.
func BufferData(target uint32, size int, data unsafe.Pointer, usage uint32) {
	fnBufferData.call(uintptr(target), uintptr(size), uintptr(data), uintptr(usage))
}

// BufferSubData is glBufferSubData.
func BufferSubData(target uint32, offset, size int, data unsafe.Pointer) {
	fnBufferSubData.call(uintptr(target), uintptr(offset), uintptr(size), uintptr(data))
}

// Clear is glClear.
func Clear(mask uint32) { fnClear.call(uintptr(mask)) }

// ClearColor is glClearColor.
func ClearColor(r, g, b, a float32) { fnClearColor.call(bits(r), bits(g), bits(b), bits(a)) }

// CompileShader is glCompileShader.
func CompileShader(shader uint32) { fnCompileShader.call(uintptr(shader)) }

// CopyTexSubImage2D is glCopyTexSubImage2D.
func CopyTexSubImage2D(target uint32, level, xoffset, yoffset, x, y, width, height int32) {
	fnCopyTexSubImage2D.call(uintptr(target), uintptr(level), uintptr(xoffset), uintptr(yoffset),
		uintptr(x), uintptr(y), uintptr(width), uintptr(height))
}

// CreateProgram is glCreateProgram.
func CreateProgram() uint32 { return uint32(fnCreateProgram.call()) }

// CreateShader is glCreateShader.
func CreateShader(kind uint32) uint32 { return uint32(fnCreateShader.call(uintptr(kind))) }

// DeleteBuffers is glDeleteBuffers.
func DeleteBuffers(n int32, buffers *uint32) {
	fnDeleteBuffers.call(uintptr(n), uintptr(unsafe.Pointer(buffers)))
}

// DeleteProgram is glDeleteProgram.
func DeleteProgram(program uint32) { fnDeleteProgram.call(uintptr(program)) }

// DeleteTextures is glDeleteTextures.
func DeleteTextures(n int32, textures *uint32) {
	fnDeleteTextures.call(uintptr(n), uintptr(unsafe.Pointer(textures)))
}

// Disable is glDisable.
func Disable(capability uint32) { fnDisable.call(uintptr(capability)) }

// DrawArrays is glDrawArrays.
func DrawArrays(mode uint32, first, count int32) {
	fnDrawArrays.call(uintptr(mode), uintptr(first), uintptr(count))
}

// Enable is glEnable.
func Enable(capability uint32) { fnEnable.call(uintptr(capability)) }

// EnableVertexAttribArray is glEnableVertexAttribArray.
func EnableVertexAttribArray(index uint32) { fnEnableVertexAttribArray.call(uintptr(index)) }

// GenBuffers is glGenBuffers.
func GenBuffers(n int32, buffers *uint32) {
	fnGenBuffers.call(uintptr(n), uintptr(unsafe.Pointer(buffers)))
}

// GenTextures is glGenTextures.
func GenTextures(n int32, textures *uint32) {
	fnGenTextures.call(uintptr(n), uintptr(unsafe.Pointer(textures)))
}

// GetAttribLocation is glGetAttribLocation.
func GetAttribLocation(program uint32, name *uint8) int32 {
	return int32(fnGetAttribLocation.call(uintptr(program), uintptr(unsafe.Pointer(name))))
}

// GetError is glGetError.
func GetError() uint32 { return uint32(fnGetError.call()) }

// GetIntegerv is glGetIntegerv.
func GetIntegerv(pname uint32, data *int32) {
	fnGetIntegerv.call(uintptr(pname), uintptr(unsafe.Pointer(data)))
}

// GetProgramInfoLog is glGetProgramInfoLog.
func GetProgramInfoLog(program uint32, bufSize int32, length *int32, infoLog *uint8) {
	fnGetProgramInfoLog.call(uintptr(program), uintptr(bufSize), uintptr(unsafe.Pointer(length)), uintptr(unsafe.Pointer(infoLog)))
}

// GetProgramiv is glGetProgramiv.
func GetProgramiv(program, pname uint32, params *int32) {
	fnGetProgramiv.call(uintptr(program), uintptr(pname), uintptr(unsafe.Pointer(params)))
}

// GetShaderInfoLog is glGetShaderInfoLog.
func GetShaderInfoLog(shader uint32, bufSize int32, length *int32, infoLog *uint8) {
	fnGetShaderInfoLog.call(uintptr(shader), uintptr(bufSize), uintptr(unsafe.Pointer(length)), uintptr(unsafe.Pointer(infoLog)))
}

// GetShaderiv is glGetShaderiv.
func GetShaderiv(shader, pname uint32, params *int32) {
	fnGetShaderiv.call(uintptr(shader), uintptr(pname), uintptr(unsafe.Pointer(params)))
}

// GetUniformLocation is glGetUniformLocation.
func GetUniformLocation(program uint32, name *uint8) int32 {
	return int32(fnGetUniformLocation.call(uintptr(program), uintptr(unsafe.Pointer(name))))
}

// LinkProgram is glLinkProgram.
func LinkProgram(program uint32) { fnLinkProgram.call(uintptr(program)) }

// ReadBuffer is glReadBuffer.
func ReadBuffer(src uint32) { fnReadBuffer.call(uintptr(src)) }

// ReadPixels is glReadPixels.
func ReadPixels(x, y, width, height int32, format, kind uint32, pixels unsafe.Pointer) {
	fnReadPixels.call(uintptr(x), uintptr(y), uintptr(width), uintptr(height), uintptr(format), uintptr(kind), uintptr(pixels))
}

// Scissor is glScissor.
func Scissor(x, y, width, height int32) {
	fnScissor.call(uintptr(x), uintptr(y), uintptr(width), uintptr(height))
}

// ShaderSource is glShaderSource.
func ShaderSource(shader uint32, count int32, sources **uint8, length *int32) {
	fnShaderSource.call(uintptr(shader), uintptr(count), uintptr(unsafe.Pointer(sources)), uintptr(unsafe.Pointer(length)))
}

// TexImage2D is glTexImage2D.
func TexImage2D(target uint32, level, internalformat, width, height, border int32, format, kind uint32, pixels unsafe.Pointer) {
	fnTexImage2D.call(uintptr(target), uintptr(level), uintptr(internalformat), uintptr(width), uintptr(height), uintptr(border),
		uintptr(format), uintptr(kind), uintptr(pixels))
}

// TexParameteri is glTexParameteri.
func TexParameteri(target, pname uint32, param int32) {
	fnTexParameteri.call(uintptr(target), uintptr(pname), uintptr(param))
}

// Uniform1f is glUniform1f.
func Uniform1f(location int32, v0 float32) { fnUniform1f.call(uintptr(location), bits(v0)) }

// Uniform1fv is glUniform1fv.
func Uniform1fv(location, count int32, value *float32) {
	fnUniform1fv.call(uintptr(location), uintptr(count), uintptr(unsafe.Pointer(value)))
}

// Uniform1i is glUniform1i.
func Uniform1i(location, v0 int32) { fnUniform1i.call(uintptr(location), uintptr(v0)) }

// Uniform2f is glUniform2f.
func Uniform2f(location int32, v0, v1 float32) {
	fnUniform2f.call(uintptr(location), bits(v0), bits(v1))
}

// Uniform2fv is glUniform2fv.
func Uniform2fv(location, count int32, value *float32) {
	fnUniform2fv.call(uintptr(location), uintptr(count), uintptr(unsafe.Pointer(value)))
}

// Uniform4f is glUniform4f.
func Uniform4f(location int32, v0, v1, v2, v3 float32) {
	fnUniform4f.call(uintptr(location), bits(v0), bits(v1), bits(v2), bits(v3))
}

// UseProgram is glUseProgram.
func UseProgram(program uint32) { fnUseProgram.call(uintptr(program)) }

// VertexAttribPointerWithOffset is glVertexAttribPointer.
func VertexAttribPointerWithOffset(index uint32, size int32, kind uint32, normalized bool, stride int32, offset uintptr) {
	fnVertexAttribPointer.call(uintptr(index), uintptr(size), uintptr(kind), truth(normalized), uintptr(stride), offset)
}

// Viewport is glViewport.
func Viewport(x, y, width, height int32) {
	fnViewport.call(uintptr(x), uintptr(y), uintptr(width), uintptr(height))
}
