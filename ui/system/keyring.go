package system

import (
	"errors"

	"github.com/zalando/go-keyring"
)

// service is the name under which the system's keyring keeps what Consign gives it.
const service = "Consign"

// HasKeyring reports whether the system has a keyring that answers: the Credential Manager of Windows, the keychain of macOS, the Secret
// Service of Linux.
func HasKeyring() bool {
	_, err := keyring.Get(service, "")
	return err == nil || errors.Is(err, keyring.ErrNotFound)
}

// Secret is what the keyring keeps under the name; "" if it keeps nothing, or there is none.
func Secret(name string) string {
	secret, err := keyring.Get(service, name)
	if err != nil {
		return ""
	}
	return secret
}

// KeepSecret gives the keyring a secret, or takes it away where it is "". Nothing else ever keeps it.
func KeepSecret(name, secret string) error {
	if secret != "" {
		return keyring.Set(service, name, secret)
	}
	if err := keyring.Delete(service, name); err != nil && !errors.Is(err, keyring.ErrNotFound) {
		return err
	}
	return nil
}
