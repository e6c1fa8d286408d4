# One image for every process of Communiqué; docker-compose.yml says which one a container runs.
# Not built where it was written (no container engine there): tests check its form only.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
RUN python -m venv /opt/communique
# Dependencies first: their layer is kept as long as the pinned set stays the same.
COPY requirements.txt ./
RUN /opt/communique/bin/pip install --require-hashes -r requirements.txt
COPY . .
RUN /opt/communique/bin/pip install --no-deps . \
    && /opt/communique/bin/python -m compileall -q /opt/communique

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Communiqué" \
    org.opencontainers.image.description="Official diplomatic releases as typed, sourced facts in SQL" \
    org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin communique
COPY --from=build /opt/communique /opt/communique
ENV PATH=/opt/communique/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 COMMUNIQUE_HOME=/data
USER 10001:10001
WORKDIR /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["communique"]
CMD ["--help"]
