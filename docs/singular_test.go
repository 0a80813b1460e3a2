package docs_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// alikeForOneAndMany are English sentences in which nothing but the number tells one from many.
var alikeForOneAndMany = []string{"{{.Count}} of them in part"}

func TestEnglishSaysOneDeviceAndTwoDevices(t *testing.T) {
	for key, said := range readWords(t, englishFile) {
		if forms, counts := said.(map[string]any); counts && forms["one"] == forms["other"] {
			assert.Contains(t, alikeForOneAndMany, key, "one is said as many are")
		}
	}
}
