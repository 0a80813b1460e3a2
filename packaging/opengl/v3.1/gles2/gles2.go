// Package gles2 is package gl under the name that Fyne has for it where OpenGL ES draws: on ARM processors that are no Macs'.
package gles2

import "github.com/go-gl/gl/v2.1/gl"

// The names that Fyne uses.
const (
	ARRAY_BUFFER             = gl.ARRAY_BUFFER
	BACK                     = gl.BACK
	BLEND                    = gl.BLEND
	CLAMP_TO_EDGE            = gl.CLAMP_TO_EDGE
	COLOR_BUFFER_BIT         = gl.COLOR_BUFFER_BIT
	COMPILE_STATUS           = gl.COMPILE_STATUS
	CONSTANT_ALPHA           = gl.CONSTANT_ALPHA
	DEPTH_BUFFER_BIT         = gl.DEPTH_BUFFER_BIT
	DEPTH_TEST               = gl.DEPTH_TEST
	FALSE                    = gl.FALSE
	FLOAT                    = gl.FLOAT
	FRAGMENT_SHADER          = gl.FRAGMENT_SHADER
	FRONT                    = gl.FRONT
	INFO_LOG_LENGTH          = gl.INFO_LOG_LENGTH
	LINEAR                   = gl.LINEAR
	LINK_STATUS              = gl.LINK_STATUS
	MAX_TEXTURE_SIZE         = gl.MAX_TEXTURE_SIZE
	NEAREST                  = gl.NEAREST
	ONE                      = gl.ONE
	ONE_MINUS_CONSTANT_ALPHA = gl.ONE_MINUS_CONSTANT_ALPHA
	ONE_MINUS_SRC_ALPHA      = gl.ONE_MINUS_SRC_ALPHA
	RGBA                     = gl.RGBA
	SCISSOR_TEST             = gl.SCISSOR_TEST
	SRC_ALPHA                = gl.SRC_ALPHA
	STATIC_DRAW              = gl.STATIC_DRAW
	TEXTURE0                 = gl.TEXTURE0
	TEXTURE1                 = gl.TEXTURE1
	TEXTURE_2D               = gl.TEXTURE_2D
	TEXTURE_MAG_FILTER       = gl.TEXTURE_MAG_FILTER
	TEXTURE_MIN_FILTER       = gl.TEXTURE_MIN_FILTER
	TEXTURE_WRAP_S           = gl.TEXTURE_WRAP_S
	TEXTURE_WRAP_T           = gl.TEXTURE_WRAP_T
	TRIANGLES                = gl.TRIANGLES
	TRIANGLE_STRIP           = gl.TRIANGLE_STRIP
	UNSIGNED_BYTE            = gl.UNSIGNED_BYTE
	VERTEX_SHADER            = gl.VERTEX_SHADER
	ZERO                     = gl.ZERO
)

// The functions that Fyne calls.
var (
	ActiveTexture                 = gl.ActiveTexture
	AttachShader                  = gl.AttachShader
	BindBuffer                    = gl.BindBuffer
	BindTexture                   = gl.BindTexture
	BlendColor                    = gl.BlendColor
	BlendFunc                     = gl.BlendFunc
	BufferData                    = gl.BufferData
	BufferSubData                 = gl.BufferSubData
	Clear                         = gl.Clear
	ClearColor                    = gl.ClearColor
	CompileShader                 = gl.CompileShader
	CopyTexSubImage2D             = gl.CopyTexSubImage2D
	CreateProgram                 = gl.CreateProgram
	CreateShader                  = gl.CreateShader
	DeleteBuffers                 = gl.DeleteBuffers
	DeleteProgram                 = gl.DeleteProgram
	DeleteTextures                = gl.DeleteTextures
	Disable                       = gl.Disable
	DrawArrays                    = gl.DrawArrays
	Enable                        = gl.Enable
	EnableVertexAttribArray       = gl.EnableVertexAttribArray
	GenBuffers                    = gl.GenBuffers
	GenTextures                   = gl.GenTextures
	GetAttribLocation             = gl.GetAttribLocation
	GetError                      = gl.GetError
	GetIntegerv                   = gl.GetIntegerv
	GetProgramInfoLog             = gl.GetProgramInfoLog
	GetProgramiv                  = gl.GetProgramiv
	GetShaderInfoLog              = gl.GetShaderInfoLog
	GetShaderiv                   = gl.GetShaderiv
	GetUniformLocation            = gl.GetUniformLocation
	Init                          = gl.Init
	LinkProgram                   = gl.LinkProgram
	Ptr                           = gl.Ptr
	ReadBuffer                    = gl.ReadBuffer
	ReadPixels                    = gl.ReadPixels
	Scissor                       = gl.Scissor
	ShaderSource                  = gl.ShaderSource
	Str                           = gl.Str
	Strs                          = gl.Strs
	TexImage2D                    = gl.TexImage2D
	TexParameteri                 = gl.TexParameteri
	Uniform1f                     = gl.Uniform1f
	Uniform1fv                    = gl.Uniform1fv
	Uniform1i                     = gl.Uniform1i
	Uniform2f                     = gl.Uniform2f
	Uniform2fv                    = gl.Uniform2fv
	Uniform4f                     = gl.Uniform4f
	UseProgram                    = gl.UseProgram
	VertexAttribPointerWithOffset = gl.VertexAttribPointerWithOffset
	Viewport                      = gl.Viewport
)
