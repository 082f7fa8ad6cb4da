"""The SSRF guard for connections: they are made to public addresses only.

A name is looked up once. The address that is checked is the one that is connected to, so a name that resolves
differently the next time (DNS rebinding) gains nothing. Of several addresses only the public ones are tried.
Connections to a proxy are not checked: where it runs is its owner's choice. Hosts that are written as addresses are the
business of `newscrawl.crawl.network.address_guard`.

`PublicPool` replaces Scrapy's connection pool. It puts a filter before the reactor's name resolver, whichever that is
(`TWISTED_DNS_RESOLVER`); the filter acts only on connections of this pool.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.endpoints import TCP4ClientEndpoint
from twisted.internet.error import DNSLookupError, NoProtocol
from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IProtocolFactory,
    IResolutionReceiver,
    IStreamClientEndpoint,
)
from twisted.internet.protocol import Factory
from twisted.python.failure import Failure
from twisted.web.client import HTTPConnectionPool
from zope.interface import implementer  # type: ignore[import-untyped]

from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.discover.hosts import is_private_address


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Passes on the public addresses and collects the others."""

    def __init__(self, receiver: Any, refused: list[str]) -> None:
        self._receiver = receiver
        self._refused = refused

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:
        host = str(getattr(address, "host", ""))
        if is_private_address(host):
            self._refused.append(host)
        else:
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class PublicResolver:
    """A name resolver in front of another one; within `only_public`, it passes on public addresses only."""

    def __init__(self, resolver: Any) -> None:
        self._resolver = resolver
        self._refused: list[str] | None = None

    @contextmanager
    def only_public(self, refused: list[str]) -> Iterator[None]:
        """Lookups that begin in this block give public addresses only; the others are appended to `refused`."""
        self._refused = refused
        try:
            yield
        finally:
            self._refused = None

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        """See `IHostnameResolver`."""
        receiver = resolutionReceiver if self._refused is None else _PublicOnly(resolutionReceiver, self._refused)
        return self._resolver.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


class _PeerCheck(Factory):
    """Checks the address again once connected, before a byte is sent, however the name was looked up."""

    noisy = False

    def __init__(self, factory: Any, refused: list[str]) -> None:
        self._factory = factory
        self._refused = refused

    def buildProtocol(self, addr: IAddress | None) -> Any:
        host = str(getattr(addr, "host", ""))
        if is_private_address(host):
            self._refused.append(host)
            return None
        return self._factory.buildProtocol(addr)


@implementer(IStreamClientEndpoint)
class _PublicEndpoint:
    def __init__(self, endpoint: Any, reactor: Any) -> None:
        self._endpoint = endpoint
        self._reactor = reactor

    def connect(self, protocolFactory: IProtocolFactory) -> Any:
        """Connect to a public address; fails with ReasonedIgnore where there is none."""
        resolver = self._reactor.nameResolver
        if not isinstance(resolver, PublicResolver):
            resolver = PublicResolver(resolver)
            self._reactor.installNameResolver(resolver)
        refused: list[str] = []
        with resolver.only_public(refused):
            connecting = self._endpoint.connect(_PeerCheck(protocolFactory, refused))

        def explained(failure: Failure) -> Failure:
            if refused and failure.check(DNSLookupError, NoProtocol):  # type: ignore[no-untyped-call]
                addresses = ", ".join(dict.fromkeys(refused))
                detail = f"the host resolves to {addresses}: loopback, private or reserved"
                return Failure(ReasonedIgnore("PrivateAddress", detail))  # type: ignore[no-untyped-call]
            return failure

        return connecting.addErrback(explained)


class PublicPool(HTTPConnectionPool):
    """Connections to public addresses, and to proxies anywhere."""

    def getConnection(self, key: Hashable, endpoint: Any) -> Deferred[Any]:
        """See `HTTPConnectionPool`. A connection that is reused, or reopened for a retry, was checked as well."""
        is_proxy = isinstance(endpoint, TCP4ClientEndpoint) or (isinstance(key, tuple) and key[:1] == (b"http-proxy",))
        checked: Any = endpoint if is_proxy else _PublicEndpoint(endpoint, self._reactor)
        return super().getConnection(key, checked)
