/** What a fresh Debian with the packages has that a namespace has not: a cluster of its own, and something for systemctl. */
export function asFreshDebian(patroni: readonly string[]): string {
  const control = patroni.map((word) => word.replace(/patroni$/, 'patronictl'))
  return `
mkdir /run/programs /run/postgresql
chown postgres /run/postgresql
cat > /run/programs/systemctl <<'END'
${systemctl(patroni)}
END
cat > /run/programs/patronictl <<'END'
#!/bin/sh
exec ${control.join(' ')} "$@"
END
chmod 0755 /run/programs/*
rm -rf /etc/postgresql/* /var/lib/postgresql/* /var/lib/etcd/* /var/backups/*
case $(hostname) in
  service) ;;
  *)
    pg_createcluster "$(ls /usr/lib/postgresql | sort -n | tail -n 1)" main
    systemctl start postgresql ;;
esac`
}

/** Starts what a unit of Debian's names, without what else it says; the units of Sotto by the stand-in of the operating page. */
const systemctl = (patroni: readonly string[]) => `#!/bin/bash
set -e
last=\${!#}
side=\${last#sotto-}
version() { ls /etc/postgresql | tail -n 1; }
processes() {
  for each in /proc/[0-9]*; do
    if grep -qz "^ROLE=$1$" $each/environ && grep -q sotto.js $each/cmdline; then echo \${each#/proc/}; fi
  done 2> /dev/null
}
end() {
  for each in $(processes "$1"); do
    kill "$each"
    while grep -q . "/proc/$each/cmdline" 2> /dev/null; do sleep 0.1; done
  done
}
begin() { node /opt/sotto/build/test/more/operating/systemctl.js enable --now "sotto-$1"; }
case "$*" in
  daemon-reload | 'disable postgresql') ;;
  'start postgresql') pg_ctlcluster "$(version)" main start > /dev/null 2>&1 < /dev/null ;;
  'stop postgresql') pg_ctlcluster "$(version)" main stop ;;
  'restart postgresql') pg_ctlcluster "$(version)" main restart > /dev/null 2>&1 < /dev/null ;;
  '--no-block restart etcd')
    set -a; . /etc/default/etcd
    setsid runuser -u etcd -- etcd > /run/etcd.log 2>&1 < /dev/null & ;;
  'enable --now patroni')
    set -a; . /etc/patroni_env.conf
    setsid runuser -u postgres -- ${patroni.join(' ')} /etc/patroni/config.yml > /run/patroni.log 2>&1 < /dev/null & ;;
  'restart haproxy') setsid haproxy -db -f /etc/haproxy/haproxy.cfg > /run/haproxy.log 2>&1 < /dev/null & ;;
  'enable --now sotto-'* | 'start sotto-'*) begin "$side" ;;
  'stop sotto-'*) end "$side" ;;
  'restart sotto-'*) end "$side"; begin "$side" ;;
  *) echo "this stands in for no systemctl $*" >&2; exit 1 ;;
esac`
