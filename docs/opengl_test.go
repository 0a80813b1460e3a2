package docs_test

import (
	"go/ast"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// usedOfOpenGL are the names that the files of Fyne's painter take from package gl.
func usedOfOpenGL(t *testing.T, files ...string) []string {
	t.Helper()
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "fyne.io/fyne/v2").Output()
	require.NoError(t, err)
	used := map[string]bool{}
	for _, file := range files {
		_, source := parse(t, filepath.Join(strings.TrimSpace(string(folder)), "internal", "painter", "gl", file))
		ast.Inspect(source, func(n ast.Node) bool {
			if selector, ok := n.(*ast.SelectorExpr); ok {
				if of, ok := selector.X.(*ast.Ident); ok && of.Name == "gl" {
					used[selector.Sel.Name] = true
				}
			}
			return true
		})
	}
	return slices.Sorted(maps.Keys(used))
}

// declared are the public names that files declare together.
func declared(t *testing.T, files ...string) []string {
	t.Helper()
	var names []string
	for _, file := range files {
		_, source := parse(t, filepath.FromSlash(file))
		for _, decl := range source.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				names = append(names, d.Name.Name)
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if s, ok := spec.(*ast.ValueSpec); ok {
						names = append(names, s.Names[0].Name)
					}
				}
			}
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool { return !ast.IsExported(name) })
	slices.Sort(names)
	return names
}

func TestOpenGLIsWhatFyneCallsAndNoMore(t *testing.T) {
	const gl = "packaging/opengl/v2.1/gl/"
	core, es := usedOfOpenGL(t, "gl_core.go"), usedOfOpenGL(t, "gl_es.go")
	require.Greater(t, len(core), 80, "Fyne draws elsewhere now")
	require.Equal(t, core, declared(t, gl+"gl.go", gl+"names.go", gl+"calls_windows.go"), "Windows")
	require.Equal(t, core, declared(t, gl+"gl.go", gl+"names.go", gl+"calls_linked.go"), "other systems")
	require.Equal(t, es, declared(t, "packaging/opengl/v3.1/gles2/gles2.go"), "OpenGL ES")
}
