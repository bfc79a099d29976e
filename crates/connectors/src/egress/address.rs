//! Which IP addresses belong to the public internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether `ip` can be somebody's public server.
///
/// False for everything that IANA sets aside: loopback, private, link-local (cloud metadata),
/// shared (carrier NAT), multicast, documentation, benchmarks, reserved; and for every IPv6 form
/// that carries an IPv4 address inside, whatever that address is.
/// Source: <https://www.iana.org/assignments/iana-ipv4-special-registry> and
/// <https://www.iana.org/assignments/iana-ipv6-special-registry>.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => !V4_SET_ASIDE.iter().any(|block| block.holds(ip)),
        IpAddr::V6(ip) => V6_GLOBAL.holds(ip) && !V6_SET_ASIDE.iter().any(|block| block.holds(ip)),
    }
}

const V4_SET_ASIDE: [V4Block; 16] = [
    V4Block::new([0, 0, 0, 0], 8),        // this network
    V4Block::new([10, 0, 0, 0], 8),       // private
    V4Block::new([100, 64, 0, 0], 10),    // shared by carrier NAT; Alibaba's metadata service
    V4Block::new([127, 0, 0, 0], 8),      // loopback
    V4Block::new([168, 63, 129, 16], 32), // Azure's metadata service, at a public-looking address
    V4Block::new([169, 254, 0, 0], 16),   // link-local; most clouds' metadata service
    V4Block::new([172, 16, 0, 0], 12),    // private
    V4Block::new([192, 0, 0, 0], 24),     // protocol assignments; Oracle's metadata service
    V4Block::new([192, 0, 2, 0], 24),     // documentation
    V4Block::new([192, 88, 99, 0], 24),   // 6to4 relays
    V4Block::new([192, 168, 0, 0], 16),   // private
    V4Block::new([198, 18, 0, 0], 15),    // benchmarks
    V4Block::new([198, 51, 100, 0], 24),  // documentation
    V4Block::new([203, 0, 113, 0], 24),   // documentation
    V4Block::new([224, 0, 0, 0], 4),      // multicast
    V4Block::new([240, 0, 0, 0], 4),      // reserved; broadcast
];

/// All that is given out so far. Outside lie loopback, IPv4-mapped, IPv4-compatible and NAT64
/// (`64:ff9b::/96`) addresses, unique local, link-local, site-local and multicast ones.
const V6_GLOBAL: V6Block = V6Block::new([0x2000, 0, 0], 3);

const V6_SET_ASIDE: [V6Block; 4] = [
    V6Block::new([0x2001, 0, 0], 23), // protocol assignments: Teredo, benchmarks, ORCHID
    V6Block::new([0x2001, 0x0db8, 0], 32), // documentation
    V6Block::new([0x2002, 0, 0], 16), // 6to4, with an IPv4 address inside
    V6Block::new([0x3fff, 0, 0], 20), // documentation
];

struct V4Block {
    base: u32,
    mask: u32,
}

impl V4Block {
    const fn new(base: [u8; 4], bits: u32) -> Self {
        Self { base: u32::from_be_bytes(base), mask: u32::MAX << (32 - bits) }
    }

    fn holds(&self, ip: Ipv4Addr) -> bool {
        u32::from(ip) & self.mask == self.base
    }
}

struct V6Block {
    base: u128,
    mask: u128,
}

impl V6Block {
    /// From the first three groups of its base; no block above needs more.
    const fn new(groups: [u16; 3], bits: u32) -> Self {
        let [a, b, c] = groups;
        let base = ((a as u128) << 112) | ((b as u128) << 96) | ((c as u128) << 80);
        Self { base, mask: u128::MAX << (128 - bits) }
    }

    fn holds(&self, ip: Ipv6Addr) -> bool {
        u128::from(ip) & self.mask == self.base
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLIC: &str = "
        1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
        168.63.129.15 168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0
        192.0.1.0 192.0.3.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 203.0.114.0
        223.255.255.255
        2001:200::1 2001:4860:4860::8888 2003::1 2606:4700::1111 2a00:1450::1 3ffe::1";

    const CLOSED: &str = "
        0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.100.100.200 100.127.255.255
        127.0.0.1 127.255.255.255 168.63.129.16 169.254.169.254 172.16.0.0 172.31.255.255
        192.0.0.192 192.0.2.1 192.88.99.1 192.168.255.255 198.18.0.0 198.19.255.255 198.51.100.1
        203.0.113.255 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
        :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::a00:1
        100::1 2001::1 2001:2::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:808:808::1 3fff::1
        5f00::1 fc00::1 fd00:ec2::254 fe80::1 febf::1 fec0::1 ff02::1";

    #[test]
    fn addresses_on_either_side_of_every_edge_are_told_apart() {
        for text in PUBLIC.split_whitespace() {
            assert!(is_public(text.parse().unwrap()), "{text} is public");
        }
        for text in CLOSED.split_whitespace() {
            assert!(!is_public(text.parse().unwrap()), "{text} is not public");
        }
    }
}
