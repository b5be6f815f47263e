// SPDX-License-Identifier: Apache-2.0
// Page tests run one after the other in the system's Chromium; every spec file starts a server of its own (serving.js).
const {defineConfig} = require('@playwright/test');

module.exports = defineConfig({
    testDir: __dirname,
    outputDir: process.env.IEUM_WEB_OUT || '/tmp/ieum-web-tests',
    workers: 1,
    retries: 0,
    timeout: 60000,
    expect: {timeout: 15000},
    reporter: [['list']],
    forbidOnly: true,
    use: {
        locale: 'ko-KR',
        timezoneId: 'Asia/Seoul',
        viewport: {width: 1440, height: 900},
        launchOptions: {
            executablePath: process.env.IEUM_CHROMIUM || '/usr/bin/chromium',
            args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
        },
    },
});
