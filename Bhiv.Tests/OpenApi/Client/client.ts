// What a team writes on top of the generated types: no cast, and nothing that the document does not say.
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

declare const process: { argv: string[] };

const [, , baseUrl, apiKey] = process.argv;
const api = createClient<paths>({ baseUrl, headers: { "X-API-Key": apiKey } });

const login = await api.POST("/api/v1/auth/login", { body: { username: "admin", password: "bhiv2024" } });
if (login.error) throw new Error(`${login.error.code}: ${login.error.fix}`);

const refresh = await api.POST("/api/v1/auth/refresh", { body: { refresh_token: login.data.refresh_token } });
if (refresh.error) throw new Error(`${refresh.error.code}: ${refresh.error.fix}`);

const design = await api.POST("/api/v1/generate", {
  body: { prompt: "Design a modern 5-story office building with steel frame and glass facade", constraints: ["No basement"] },
  headers: { Authorization: `Bearer ${refresh.data.access_token}` },
});
if (design.error) throw new Error(`${design.error.code}: ${design.error.fix}`);

const refused = await api.POST("/api/v1/auth/login", { body: { username: "admin", password: "wrong" } });
// A code that no refusal of this call has would not compile.
if (refused.error?.code !== "invalid_credentials") throw new Error("A wrong password was let in.");

const { building_type, stories } = design.data.spec_json;
console.log(refresh.response.headers.get("Refresh-Outcome"), building_type, stories, refused.error.code);
