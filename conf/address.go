package conf

import (
	"errors"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// An Address is where a forward input listens.
type Address struct {
	Network string // tcp or unix; "" when not set
	Address string // host:port, or the path of a socket
}

// isZero reports whether no address is set.
func (a Address) isZero() bool { return a == Address{} }

// IsLocal reports whether the address is on this machine.
func (a Address) IsLocal() bool {
	if a.Network == "unix" {
		return true
	}
	host, _, err := net.SplitHostPort(a.Address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// String is the form that parseAddress reads.
func (a Address) String() string {
	if a.isZero() {
		return ""
	}
	return a.Network + "://" + a.Address
}

var (
	errNoCredentials = errors.New("credentials do not belong here")
	errPort          = errors.New("the port must be a number from 1 to 65535")
)

func isPort(text string) bool {
	n, err := strconv.ParseUint(text, 10, 16)
	return err == nil && n > 0
}

// parseAddress reads tcp://host:port and unix:///path/of/socket.
func parseAddress(text string) (Address, error) {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok {
		return Address{}, errors.New("starts with neither tcp:// nor unix://")
	}
	switch strings.ToLower(scheme) {
	case "unix":
		if !strings.HasPrefix(rest, "/") {
			return Address{}, errors.New("the socket's path must begin with /, as in unix:///var/run/fluent.sock")
		}
		if strings.HasSuffix(rest, "/") {
			return Address{}, errors.New("the path must end with the name of a socket, as in unix:///var/run/fluent.sock")
		}
		// The kernel's sun_path holds 108 bytes with its final NUL.
		if len(rest) > 107 {
			return Address{}, errors.New("a socket's path has at most 107 bytes")
		}
		return Address{Network: "unix", Address: rest}, nil
	case "tcp":
		host, port, err := net.SplitHostPort(rest)
		if err != nil && strings.Contains(rest, "@") {
			return Address{}, errNoCredentials
		}
		if err != nil {
			return Address{}, errors.New("tcp:// needs host:port")
		}
		if !isPort(port) {
			return Address{}, errPort
		}
		if host == "" {
			return Address{}, errors.New("tcp:// needs a host")
		}
		if strings.Contains(host, "@") {
			return Address{}, errNoCredentials
		}
		if strings.ContainsAny(host, " \t/?#") {
			return Address{}, errors.New("the host must be a name or an address, and nothing else")
		}
		return Address{Network: "tcp", Address: rest}, nil
	}
	return Address{}, errors.New("starts with neither tcp:// nor unix://")
}

type address struct {
	field func(*Config) *Address
}

func (k address) name() string    { return "address" }
func (k address) bounds() string  { return "tcp://host:port or unix:///path" }
func (k address) expects() string { return k.bounds() }

func (k address) set(c *Config, text string) error {
	a, err := parseAddress(text)
	if err != nil {
		return err
	}
	*k.field(c) = a
	return nil
}
