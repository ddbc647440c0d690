// Who logs in on this page is logged in: a login or a refresh fills in the Bearer, an access token that has expired is refreshed
// by itself and the call repeated, a logout clears both tokens.
'use strict';

(() => {
    const login = '/api/v1/auth/login';
    const refresh = '/api/v1/auth/refresh';
    const logout = '/api/v1/auth/logout';

    const told = name => document.querySelector(`meta[name="${name}"]`)?.content;
    const remembers = told('remember') !== undefined;

    // What is remembered is read from the storage each time: a tab that went by a copy of its own would present a refresh token
    // that another tab has used, and that ends the session.
    const stored = 'tokens';
    let held = null;
    const tokens = () => remembers ? JSON.parse(localStorage.getItem(stored)) : held;

    function hold(pair) {
        if (!remembers) held = pair;
        else if (pair) localStorage.setItem(stored, JSON.stringify(pair));
        else localStorage.removeItem(stored);
    }

    function show(pair) {
        page.preauthorizeApiKey('Bearer', pair.access_token);
        page.authActions.persistAuthorizationIfNeeded();
    }

    function adopt({ access_token, refresh_token }) {
        hold({ access_token, refresh_token });
        show({ access_token });
    }

    // The tokens held go with it, as they do when a person presses Logout: see the plugin below.
    const forget = () => page.authActions.logoutWithPersistOption(['Bearer']);

    const bearer = request => request.headers?.Authorization?.replace(/^Bearer /, '');

    function session(accessToken) {
        try {
            return JSON.parse(atob(accessToken.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))).sid;
        } catch {
            return undefined;
        }
    }

    /** Makes a call and learns from its answer; says whether the access token was refused for its age alone. */
    async function call(request) {
        const { origin, pathname: path } = new URL(request.url, location.href);
        // A document that named another server would have keys, tokens and passwords sent there.
        if (origin !== location.origin)
            throw new Error('This page calls no other origin than its own: the credentials would go with the call.');

        const response = await fetch(request.url, request);
        const sent = typeof request.body === 'string' ? request.body : '';
        const read = () => response.clone().json().catch(() => ({}));

        if (response.status === 200 && (path === login || path === refresh)) adopt(await read());
        if (response.status === 204 && path === logout && !/\bothers\b/.test(sent)) forget();
        if (response.status !== 401) return { response, expired: false };

        const { code, error } = await read();
        // The session is over, and a page that still showed a Bearer would lie. A refresh token that somebody typed says nothing
        // of the session here.
        const typed = !tokens() || !sent.includes(tokens().refresh_token);
        if (code === 'revoked_token' || (path === refresh && error === 'invalid_grant' && !typed)) forget();
        return { response, expired: code === 'expired_token' };
    }

    let refreshing = null;

    // One for all the calls that wait for it.
    function refreshOnce(apiKey) {
        refreshing ??= call({
            url: refresh,
            method: 'POST',
            headers: { 'Content-Type': 'application/json', 'X-API-Key': apiKey },
            body: JSON.stringify({ refresh_token: tokens().refresh_token }),
        }).finally(() => refreshing = null);
        return refreshing;
    }

    // A token that somebody pasted may be another person's: it is not exchanged for one of the session here.
    const isOurs = accessToken =>
        session(accessToken) !== undefined && session(accessToken) === session(tokens()?.access_token);

    /** Makes a call, and makes it again with a new access token where the one it has has expired. */
    async function callRefreshed(request, showAs) {
        let { response, expired } = await call(request);
        let refreshed = false;
        while (expired && !refreshed && isOurs(bearer(request))) {
            // Unless another call or another tab has refreshed meanwhile. Where it fails, the refusal stands.
            const refused = bearer(request);
            refreshed = tokens().access_token === refused;
            if (refreshed) await refreshOnce(request.headers['X-API-Key']).catch(() => { });
            const pair = tokens();
            if (!pair || pair.access_token === refused) break;

            show(pair);
            request = { ...request, headers: { ...request.headers, Authorization: `Bearer ${pair.access_token}` } };
            showAs?.(request);
            ({ response, expired } = await call(request));
        }
        return response;
    }

    function prepare(request) {
        if (typeof request.body === 'string')
            request.body = request.body.replace('<refresh-token>', it => tokens()?.refresh_token ?? it);
        request.userFetch = (_, sent) => callRefreshed(sent, request.userFetch.showAs);
        return request;
    }

    const plugin = {
        statePlugins: {
            auth: {
                wrapActions: {
                    logout: original => names => {
                        if (names.includes('Bearer')) hold(null);
                        return original(names);
                    },
                },
            },
            spec: {
                wrapActions: {
                    // The page shows a call as curl would make it: after a refresh, with the token that was accepted.
                    setMutatedRequest: original => (path, method, request) => {
                        request.userFetch.showAs = again => original(path, method, again);
                        return original(path, method, request);
                    },
                },
            },
        },
    };

    function begin() {
        const apiKey = told('api-key');
        if (apiKey && !page.authSelectors.authorized().has('ApiKey')) page.preauthorizeApiKey('ApiKey', apiKey);
    }

    const page = SwaggerUIBundle({
        url: '/openapi.json',
        dom_id: '#page',
        // Without a bar on top, which would load other documents.
        layout: 'BaseLayout',
        presets: [SwaggerUIBundle.presets.apis],
        plugins: [() => plugin],
        // As it is by default: an address must not choose the document.
        queryConfigEnabled: false,
        // Else it sends the document's address to a server of others.
        validatorUrl: null,
        persistAuthorization: remembers,
        // The calls are what one comes for; the schemas unfold below them.
        defaultModelsExpandDepth: 0,
        requestInterceptor: prepare,
        onComplete: begin,
    });
})();
