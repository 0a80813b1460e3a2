package postgres

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"embed"
	"encoding/pem"
	"math/big"
	"net"
	"path/filepath"
	"text/template"
	"time"

	"consign/data/disk"
)

//go:embed setup
var setupFiles embed.FS

// Setup is a server that somebody is to set up by the files that WriteSetup makes.
type Setup struct {
	Place    Place // with the login of its administrator, and a new password
	Debian   bool  // a script for a Debian server instead of containers
	Verifier string
}

// Port is the port of the server, for the files.
func (s Setup) Port() int { return s.Place.Port }

// User is the login of the server's administrator.
func (s Setup) User() string { return s.Place.User }

// Database is the name of the database.
func (s Setup) Database() string { return s.Place.Database }

// WriteSetup writes into the folder what sets a server up at the host: a compose file with backups, or a script for Debian, and the
// certificate of an authority of its own, which the invitations carry: nobody else vouches for the server. It returns the place with all
// that sharing needs, the password too, which the files hold as well.
func WriteSetup(folder, host string, port int, debian bool) (Place, error) {
	s := Setup{Debian: debian, Place: Place{Host: host, Port: port, Database: "consign", Schema: "consign", User: "consign_setup",
		Password: NewPassword()}}
	s.Verifier = verifier(s.Place.Password, rand.Text())
	root, certificate, key, err := certificates(host)
	if err != nil {
		return Place{}, err
	}
	s.Place.Root = string(root)
	files := map[string][]byte{"setup/server.crt": certificate, "setup/server.key": key}
	names := []string{"compose.yaml", "setup/pg_hba.conf", "setup/backups.sh"}
	if debian {
		names = []string{"debian.sh"}
	} else {
		files["setup/password"] = []byte(s.Place.Password)
	}
	for _, name := range names {
		if files[name], err = s.fill(filepath.Base(name)); err != nil {
			return Place{}, err
		}
	}
	if err := disk.MakeFolder(filepath.Join(folder, "setup")); err != nil {
		return Place{}, err
	}
	for name, text := range files {
		if err := disk.WriteFile(filepath.Join(folder, filepath.FromSlash(name)), text, disk.Private); err != nil {
			return Place{}, err
		}
	}
	return s.Place, nil
}

func (s Setup) fill(name string) ([]byte, error) {
	form, err := template.ParseFS(setupFiles, "setup/"+name)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	err = form.Execute(&text, s)
	return text.Bytes(), err
}

// certificateYears is for how long the server's certificate is good. Nobody renews it by itself.
const certificateYears = 10

// certificates makes an authority and a certificate of the host by it. The authority's key is kept nowhere: it vouches for this one alone.
func certificates(host string) (root, certificate, key []byte, err error) {
	made := func(name string) (*x509.Certificate, *ecdsa.PrivateKey, error) {
		number, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 100))
		if err != nil {
			return nil, nil, err
		}
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		return &x509.Certificate{SerialNumber: number, Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-24 * time.Hour),
			NotAfter: time.Now().AddDate(certificateYears, 0, 0), BasicConstraintsValid: true}, key, err
	}
	authority, authorityKey, err := made("Consign, shared register")
	if err != nil {
		return nil, nil, nil, err
	}
	authority.IsCA, authority.KeyUsage = true, x509.KeyUsageCertSign
	server, serverKey, err := made(host)
	if err != nil {
		return nil, nil, nil, err
	}
	server.KeyUsage, server.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	if ip := net.ParseIP(host); ip != nil {
		server.IPAddresses = []net.IP{ip}
	} else {
		server.DNSNames = []string{host}
	}
	rootDER, err := x509.CreateCertificate(rand.Reader, authority, authority, authorityKey.Public(), authorityKey)
	if err != nil {
		return nil, nil, nil, err
	}
	serverDER, err := x509.CreateCertificate(rand.Reader, server, authority, serverKey.Public(), authorityKey)
	if err != nil {
		return nil, nil, nil, err
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(serverKey)
	block := func(kind string, der []byte) []byte { return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}) }
	return block("CERTIFICATE", rootDER), block("CERTIFICATE", serverDER), block("PRIVATE KEY", keyDER), err
}
