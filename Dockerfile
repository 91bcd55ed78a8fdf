# Production: docker-compose.yml runs this image as web, worker and beat.

FROM node:22-slim AS front
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY static/vendor.mjs static/
RUN npm run vendor

FROM python:3.11-slim AS packages
COPY requirements/base.txt /tmp/
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir --require-hashes --requirement /tmp/base.txt

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home orgmap && install --directory --owner=orgmap /data
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 PORT=8000 ORGMAP_DATA=/data STATIC_ROOT=/app/staticfiles
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY manage.py LICENSE ./
COPY orgmap orgmap
COPY departments departments
COPY channels channels
COPY templates templates
COPY static static
COPY --from=front /src/static/vendor static/vendor
RUN SECRET_KEY=only-for-this-step DATABASE_URL=postgres://none/none REDIS_URL=redis://none \
    python manage.py collectstatic --no-input --verbosity 0
USER orgmap
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--config", "python:orgmap.gunicorn", "orgmap.wsgi"]
