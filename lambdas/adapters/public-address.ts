import ipaddr from 'ipaddr.js';

/** RFC 6052's well-known prefix and RFC 8215's local-use one: an IPv4 address stands in their last 32 bits. */
const NAT64 = [ipaddr.IPv6.parseCIDR('64:ff9b::/96'), ipaddr.IPv6.parseCIDR('64:ff9b:1::/48')] as const;
/** Deprecated IPv4-compatible addresses (RFC 4291, 2.5.5.1), which some stacks still read as IPv4. */
const IPV4_COMPATIBLE = ipaddr.IPv6.parseCIDR('::/96');

/**
 * Whether an address belongs to the public internet: unicast and neither private, loopback, link-local (where cloud
 * metadata lives), shared (CGNAT), reserved nor documentation; an IPv4 address inside an IPv6 one counts as itself, and
 * forms that translate to IPv4 are refused as a whole.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv6 && translates(address)) return false;
  return address.range() === 'unicast';
}

function translates(address: ipaddr.IPv6): boolean {
  return [...NAT64, IPV4_COMPATIBLE].some((prefix) => address.match(prefix));
}
