#!/bin/sh
# Runs a command in a network namespace of its own, whose one way out is a wire that leads nowhere and is listened to.
# usage: unshare --net in-namespace.sh CAPTURE COMMAND…
set -eu
capture=$1
shift
ip link set lo up
ip link add wire type veth peer name nowhere
ip address add 192.0.2.1/24 dev wire
ip -6 address add 2001:db8::1/64 dev wire nodad
# Packets go out without a neighbour that answers.
ip link set wire arp off up
ip link set nowhere arp off up
ip route add default dev wire
ip -6 route add default dev wire
# Of IPv6, what programs send: the kernel itself looks for routers and tells of its groups.
tcpdump -Z root -i wire -Q out -n -l -U 'not ip6 or tcp or udp' >"$capture" 2>"$capture.said" &
listener=$!
waited=0
until grep -q listening "$capture.said"; do
  kill -0 $listener && [ $waited -lt 100 ] || { cat "$capture.said" >&2; exit 125; }
  waited=$((waited + 1))
  sleep 0.1
done
code=0
"$@" || code=$?
sleep 1
kill $listener
wait $listener || true
exit $code
