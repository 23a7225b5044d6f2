import { defineConfig } from "vite";

const bff = { target: `http://127.0.0.1:${process.env.BFF_PORT ?? 4300}`, changeOrigin: false };

// Written as an address alone, the BFF would be asked under another name than the page's, and refuse.
export default defineConfig({ server: { proxy: { "/api/mfa": bff } } });
