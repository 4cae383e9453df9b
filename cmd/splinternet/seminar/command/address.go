package command

import (
	"fmt"
	"net"
)

// otherPort is the address with the next port.
func otherPort(address string) string {
	host, port, err := net.SplitHostPort(address)
	var n int
	if _, scan := fmt.Sscan(port, &n); err != nil || scan != nil {
		return "127.0.0.1:8019"
	}
	return net.JoinHostPort(host, fmt.Sprint(n+1))
}

// reachable is the address under which a listener is reached: from this machine,
// or from others in its network.
func reachable(address net.Addr, others bool) string {
	tcp, ok := address.(*net.TCPAddr)
	if !ok {
		return address.String()
	}
	port := fmt.Sprint(tcp.Port)
	switch {
	case !tcp.IP.IsUnspecified():
		return net.JoinHostPort(tcp.IP.String(), port)
	case !others:
		return net.JoinHostPort("127.0.0.1", port)
	}
	return net.JoinHostPort(ownAddress(), port)
}

// loopback tells whether only this machine can reach a listener.
func loopback(address net.Addr) bool {
	tcp, ok := address.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// ownAddress is the address of this machine in its network: the first private one.
func ownAddress() string {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return "127.0.0.1"
	}
	best := "127.0.0.1"
	for _, a := range addresses {
		in, ok := a.(*net.IPNet)
		if !ok || in.IP.To4() == nil || in.IP.IsLoopback() || in.IP.IsLinkLocalUnicast() {
			continue
		}
		if in.IP.IsPrivate() {
			return in.IP.String()
		}
		best = in.IP.String()
	}
	return best
}
