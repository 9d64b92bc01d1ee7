package saslscope.report;

/** How the page looks: dark or light as the reader's system is; readable on paper. */
final class Style {
    static final String CSS = """
        :root { color-scheme: light dark; --bg: #fff; --fg: #1c1e21; --faint: #646b73; --line: #d9dde2; --card: #f6f7f9;
          --s0: #2f6fb3; --s1: #d9822b; --s2: #8a4fb5; --s3: #2a9d8f; --s4: #9aa1a9; --ok: #4c9f50;
          --critical: #b3261e; --high: #c2570c; --medium: #8a6d00; --low: #646b73; }
        @media (prefers-color-scheme: dark) { :root { --bg: #15171a; --fg: #e4e6e9; --faint: #9aa1a9; --line: #33383e; --card: #1e2125;
          --s0: #6ea8e6; --s1: #f0a355; --s2: #bd8ae0; --s3: #58c7b9; --s4: #7b828a; --ok: #7cc47f;
          --critical: #ff8a80; --high: #ffb074; --medium: #e2c044; --low: #9aa1a9; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 64rem; padding: 1.5rem; background: var(--bg); color: var(--fg); font: 15px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .6rem; } h3 { font-size: 1rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
        header p, footer { color: var(--faint); margin: .2rem 0; overflow-wrap: anywhere; } footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .6rem; }
        .numbers { display: flex; flex-wrap: wrap; gap: .6rem; margin-top: 1.2rem; }
        .numbers div { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .5rem .9rem; flex: 1 1 9rem; color: var(--faint); }
        .numbers b { display: block; font-size: 1.5rem; color: var(--fg); }
        svg { width: 100%; height: auto; display: block; } .grid { stroke: var(--line); } .axis { fill: var(--faint); font-size: 11px; }
        .s0 { fill: var(--s0); background: var(--s0); } .s1 { fill: var(--s1); background: var(--s1); } .s2 { fill: var(--s2); background: var(--s2); }
        .s3 { fill: var(--s3); background: var(--s3); } .s4 { fill: var(--s4); background: var(--s4); } .ok { fill: var(--ok); }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; padding: 0; margin: 0 0 .4rem; }
        .legend i { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin-right: .4rem; vertical-align: -1px; }
        article { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--low); border-radius: 6px; padding: .8rem 1rem; margin: 0 0 .8rem; break-inside: avoid; }
        article.critical { border-left-color: var(--critical); } article.high { border-left-color: var(--high); } article.medium { border-left-color: var(--medium); }
        .badge { font-size: .75rem; text-transform: uppercase; color: var(--low); margin-right: .3rem; }
        .critical .badge { color: var(--critical); } .high .badge { color: var(--high); } .medium .badge { color: var(--medium); }
        dl { display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: .15rem .8rem; margin: 0; } dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; margin: .4rem 0 0; } summary { cursor: pointer; color: var(--faint); margin-top: .4rem; }
        table { border-collapse: collapse; width: 100%; } th { text-align: left; color: var(--faint); font-weight: 600; white-space: nowrap; }
        th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; } .n { text-align: right; white-space: nowrap; }
        .name { max-width: 22rem; overflow-wrap: anywhere; } .empty { margin-top: 2rem; }
        @media print { body { max-width: none; padding: 0; } }
        """;

    private Style() {
    }
}
