package gl

// The names of OpenGL that Fyne uses, with the numbers of the OpenGL registry.
const (
	ARRAY_BUFFER             = 0x8892
	BACK                     = 0x0405
	BLEND                    = 0x0BE2
	CLAMP_TO_EDGE            = 0x812F
	COLOR_BUFFER_BIT         = 0x00004000
	COMPILE_STATUS           = 0x8B81
	CONSTANT_ALPHA           = 0x8003
	DEPTH_BUFFER_BIT         = 0x00000100
	DEPTH_TEST               = 0x0B71
	FALSE                    = 0
	FLOAT                    = 0x1406
	FRAGMENT_SHADER          = 0x8B30
	FRONT                    = 0x0404
	INFO_LOG_LENGTH          = 0x8B84
	LINEAR                   = 0x2601
	LINK_STATUS              = 0x8B82
	MAX_TEXTURE_SIZE         = 0x0D33
	NEAREST                  = 0x2600
	ONE                      = 1
	ONE_MINUS_CONSTANT_ALPHA = 0x8004
	ONE_MINUS_SRC_ALPHA      = 0x0303
	RGBA                     = 0x1908
	SCISSOR_TEST             = 0x0C11
	SRC_ALPHA                = 0x0302
	STATIC_DRAW              = 0x88E4
	TEXTURE0                 = 0x84C0
	TEXTURE1                 = 0x84C1
	TEXTURE_2D               = 0x0DE1
	TEXTURE_MAG_FILTER       = 0x2800
	TEXTURE_MIN_FILTER       = 0x2801
	TEXTURE_WRAP_S           = 0x2802
	TEXTURE_WRAP_T           = 0x2803
	TRIANGLES                = 0x0004
	TRIANGLE_STRIP           = 0x0005
	UNSIGNED_BYTE            = 0x1401
	VERTEX_SHADER            = 0x8B31
	ZERO                     = 0
)
