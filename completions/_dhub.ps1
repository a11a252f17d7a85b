
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'dhub' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'dhub'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'dhub' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('db', 'db', [CompletionResultType]::ParameterValue, 'Create, fork and view databases, list forks')
            [CompletionResult]::new('auth', 'auth', [CompletionResultType]::ParameterValue, 'Log in, log out, and show the active account')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show and change settings')
            [CompletionResult]::new('api', 'api', [CompletionResultType]::ParameterValue, 'Send any request of the API, and print the response')
            [CompletionResult]::new('emulator', 'emulator', [CompletionResultType]::ParameterValue, 'Run a local DoltHub for trying things out and testing scripts')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print shell completions')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write the manual pages')
            [CompletionResult]::new('version', 'version', [CompletionResultType]::ParameterValue, 'Print the version')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'dhub;db' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create databases')
            [CompletionResult]::new('fork', 'fork', [CompletionResultType]::ParameterValue, 'Fork databases')
            [CompletionResult]::new('fork-status', 'fork-status', [CompletionResultType]::ParameterValue, 'Show the status of fork operations')
            [CompletionResult]::new('forks', 'forks', [CompletionResultType]::ParameterValue, 'List the forks in a database''s fork network')
            [CompletionResult]::new('list-forks', 'list-forks', [CompletionResultType]::ParameterValue, 'List the forks in a database''s fork network')
            [CompletionResult]::new('view', 'view', [CompletionResultType]::ParameterValue, 'Show what databases are: page, clone address, parent, root, forks')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'dhub;db;create' {
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Owner where a name has none [env: DOLTHUB_OWNER, DOLTHUB_ORG] [default: you]')
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'Description of the database')
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'Description of the database')
            [CompletionResult]::new('--remote', '--remote', [CompletionResultType]::ParameterName, 'Add it to the Dolt checkout here as a remote [default: origin]')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Parallel requests [default: 8; reads grow to 32]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Parallel requests [default: 8; reads grow to 32]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--public', '--public', [CompletionResultType]::ParameterName, 'Visible to everyone')
            [CompletionResult]::new('--private', '--private', [CompletionResultType]::ParameterName, 'Visible to its owner and their collaborators')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Accept an existing database of the same visibility')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;db;fork' {
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Owners of the forks, as in a,b; - reads a list [env: DOLTHUB_OWNER, DOLTHUB_ORG] [default: you]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'How long to wait, 0 for no limit [default: 30m]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait, 0 for no limit [default: 30m]')
            [CompletionResult]::new('--clone', '--clone', [CompletionResultType]::ParameterName, 'Wait, then dolt clone the fork [default: into NAME]')
            [CompletionResult]::new('--remote', '--remote', [CompletionResultType]::ParameterName, 'Wait, then add the fork to the Dolt checkout here as a remote [default: fork]')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Parallel requests [default: 8; reads grow to 32]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Parallel requests [default: 8; reads grow to 32]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Wait until the fork is done')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait until the fork is done')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Accept an existing fork of the same parent')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;db;fork-status' {
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'How long to wait, 0 for no limit [default: 30m]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait, 0 for no limit [default: 30m]')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Parallel requests [default: 8; reads grow to 32]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Parallel requests [default: 8; reads grow to 32]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Wait until the fork is done')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait until the fork is done')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;db;forks' {
            [CompletionResult]::new('--depth', '--depth', [CompletionResultType]::ParameterName, 'With --tree: leave out what is more than N steps below the root')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Parallel requests [default: 8; reads grow to 32]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Parallel requests [default: 8; reads grow to 32]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--tree', '--tree', [CompletionResultType]::ParameterName, 'Show the whole network as a tree, from its root down')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;db;list-forks' {
            [CompletionResult]::new('--depth', '--depth', [CompletionResultType]::ParameterName, 'With --tree: leave out what is more than N steps below the root')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Parallel requests [default: 8; reads grow to 32]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Parallel requests [default: 8; reads grow to 32]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--tree', '--tree', [CompletionResultType]::ParameterName, 'Show the whole network as a tree, from its root down')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;db;view' {
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'Parallel requests [default: 8; reads grow to 32]')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Parallel requests [default: 8; reads grow to 32]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--web', '--web', [CompletionResultType]::ParameterName, 'Open the page in a browser, too [env: BROWSER]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;db;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create databases')
            [CompletionResult]::new('fork', 'fork', [CompletionResultType]::ParameterValue, 'Fork databases')
            [CompletionResult]::new('fork-status', 'fork-status', [CompletionResultType]::ParameterValue, 'Show the status of fork operations')
            [CompletionResult]::new('forks', 'forks', [CompletionResultType]::ParameterValue, 'List the forks in a database''s fork network')
            [CompletionResult]::new('view', 'view', [CompletionResultType]::ParameterValue, 'Show what databases are: page, clone address, parent, root, forks')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'dhub;db;help;create' {
            break
        }
        'dhub;db;help;fork' {
            break
        }
        'dhub;db;help;fork-status' {
            break
        }
        'dhub;db;help;forks' {
            break
        }
        'dhub;db;help;view' {
            break
        }
        'dhub;db;help;help' {
            break
        }
        'dhub;auth' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Store a token for the host')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show the active account and where its token comes from')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Remove the stored token')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Print the token that is in use, to be piped')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'dhub;auth;login' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--allow-http', '--allow-http', [CompletionResultType]::ParameterName, 'Allow sending the token over plain http, where others can read it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;auth;status' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;auth;logout' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;auth;token' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;auth;help' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Store a token for the host')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show the active account and where its token comes from')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Remove the stored token')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Print the token that is in use, to be piped')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'dhub;auth;help;login' {
            break
        }
        'dhub;auth;help;status' {
            break
        }
        'dhub;auth;help;logout' {
            break
        }
        'dhub;auth;help;token' {
            break
        }
        'dhub;auth;help;help' {
            break
        }
        'dhub;config' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Show every setting, with where its value comes from')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show the value that is in effect')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Set a value in the config file')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Remove a value from the config file')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the config file''s path')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'dhub;config;list' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;config;get' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;config;set' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;config;unset' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;config;path' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;config;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Show every setting, with where its value comes from')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show the value that is in effect')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Set a value in the config file')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Remove a value from the config file')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the config file''s path')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'dhub;config;help;list' {
            break
        }
        'dhub;config;help;get' {
            break
        }
        'dhub;config;help;set' {
            break
        }
        'dhub;config;help;unset' {
            break
        }
        'dhub;config;help;path' {
            break
        }
        'dhub;config;help;help' {
            break
        }
        'dhub;api' {
            [CompletionResult]::new('-X', '-X ', [CompletionResultType]::ParameterName, 'GET or POST [default: POST with -f or --input, else GET]')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'GET or POST [default: POST with -f or --input, else GET]')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Field of the JSON body, or with -X GET of the query; KEY:=JSON for what is no string')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'Field of the JSON body, or with -X GET of the query; KEY:=JSON for what is no string')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Body of a POST, sent as it is; - reads stdin')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Print the response''s status line and headers, too')
            [CompletionResult]::new('--include', '--include', [CompletionResultType]::ParameterName, 'Print the response''s status line and headers, too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;emulator' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Keep an emulator running and print the variables to export')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a command against a temporary emulator')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'dhub;emulator;start' {
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Loopback address or port to listen on; port 0 picks a free one')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Keep databases and forks in this file')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The token''s user')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'One more organization the user may write to, besides dolthub and anotherOrg; repeatable')
            [CompletionResult]::new('--fork-delay', '--fork-delay', [CompletionResultType]::ParameterName, 'How long a fork takes')
            [CompletionResult]::new('--latency', '--latency', [CompletionResultType]::ParameterName, 'Delay added to each response')
            [CompletionResult]::new('--fault-rate', '--fault-rate', [CompletionResultType]::ParameterName, 'Probability of a fault, from 0 to 1')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Seed of the faults: the same seed makes the same faults')
            [CompletionResult]::new('--network', '--network', [CompletionResultType]::ParameterName, 'Start with a network of N forks under dolthub/museum-collections')
            [CompletionResult]::new('--no-v1alpha1', '--no-v1alpha1', [CompletionResultType]::ParameterName, 'Refuse everything of v1alpha1, with 410 or 404, as a service that has v2 alone')
            [CompletionResult]::new('--token-refusal', '--token-refusal', [CompletionResultType]::ParameterName, 'How v1alpha1 refuses a bad token: 401, malformed, unknown or doltlab; several take turns')
            [CompletionResult]::new('--refusal-form', '--refusal-form', [CompletionResultType]::ParameterName, 'Where a refusal of v1alpha1 has its text: message, error, or ok (message, with status 200); several take turns')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--no-v2', '--no-v2', [CompletionResultType]::ParameterName, 'Serve v1alpha1 alone, as an older DoltLab: nothing is known under /api/v2/')
            [CompletionResult]::new('--v2-refuses-token', '--v2-refuses-token', [CompletionResultType]::ParameterName, 'Refuse the token under v2, with 401 as an unknown one; v1alpha1 accepts it')
            [CompletionResult]::new('--free-account', '--free-account', [CompletionResultType]::ParameterName, 'Refuse private databases, as on a free account (400 under v1alpha1, 422 under v2)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;emulator;exec' {
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Keep databases and forks in this file')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The token''s user')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'One more organization the user may write to, besides dolthub and anotherOrg; repeatable')
            [CompletionResult]::new('--fork-delay', '--fork-delay', [CompletionResultType]::ParameterName, 'How long a fork takes')
            [CompletionResult]::new('--latency', '--latency', [CompletionResultType]::ParameterName, 'Delay added to each response')
            [CompletionResult]::new('--fault-rate', '--fault-rate', [CompletionResultType]::ParameterName, 'Probability of a fault, from 0 to 1')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Seed of the faults: the same seed makes the same faults')
            [CompletionResult]::new('--network', '--network', [CompletionResultType]::ParameterName, 'Start with a network of N forks under dolthub/museum-collections')
            [CompletionResult]::new('--no-v1alpha1', '--no-v1alpha1', [CompletionResultType]::ParameterName, 'Refuse everything of v1alpha1, with 410 or 404, as a service that has v2 alone')
            [CompletionResult]::new('--token-refusal', '--token-refusal', [CompletionResultType]::ParameterName, 'How v1alpha1 refuses a bad token: 401, malformed, unknown or doltlab; several take turns')
            [CompletionResult]::new('--refusal-form', '--refusal-form', [CompletionResultType]::ParameterName, 'Where a refusal of v1alpha1 has its text: message, error, or ok (message, with status 200); several take turns')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--no-v2', '--no-v2', [CompletionResultType]::ParameterName, 'Serve v1alpha1 alone, as an older DoltLab: nothing is known under /api/v2/')
            [CompletionResult]::new('--v2-refuses-token', '--v2-refuses-token', [CompletionResultType]::ParameterName, 'Refuse the token under v2, with 401 as an unknown one; v1alpha1 accepts it')
            [CompletionResult]::new('--free-account', '--free-account', [CompletionResultType]::ParameterName, 'Refuse private databases, as on a free account (400 under v1alpha1, 422 under v2)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;emulator;help' {
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Keep an emulator running and print the variables to export')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a command against a temporary emulator')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'dhub;emulator;help;start' {
            break
        }
        'dhub;emulator;help;exec' {
            break
        }
        'dhub;emulator;help;help' {
            break
        }
        'dhub;completions' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;man' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;version' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Results as table, tsv, csv, md, json, names; dot for --tree')
            [CompletionResult]::new('--jq', '--jq', [CompletionResultType]::ParameterName, 'Filter the JSON with a jq expression, such as .forks[].owner')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--api', '--api', [CompletionResultType]::ParameterName, 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON Lines')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('--raw-output', '--raw-output', [CompletionResultType]::ParameterName, 'With --jq: print strings as they are, without quotes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes, only errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log requests and responses to stderr, -vv with their bodies (never tokens)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'dhub;help' {
            [CompletionResult]::new('db', 'db', [CompletionResultType]::ParameterValue, 'Create, fork and view databases, list forks')
            [CompletionResult]::new('auth', 'auth', [CompletionResultType]::ParameterValue, 'Log in, log out, and show the active account')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show and change settings')
            [CompletionResult]::new('api', 'api', [CompletionResultType]::ParameterValue, 'Send any request of the API, and print the response')
            [CompletionResult]::new('emulator', 'emulator', [CompletionResultType]::ParameterValue, 'Run a local DoltHub for trying things out and testing scripts')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print shell completions')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write the manual pages')
            [CompletionResult]::new('version', 'version', [CompletionResultType]::ParameterValue, 'Print the version')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'dhub;help;db' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create databases')
            [CompletionResult]::new('fork', 'fork', [CompletionResultType]::ParameterValue, 'Fork databases')
            [CompletionResult]::new('fork-status', 'fork-status', [CompletionResultType]::ParameterValue, 'Show the status of fork operations')
            [CompletionResult]::new('forks', 'forks', [CompletionResultType]::ParameterValue, 'List the forks in a database''s fork network')
            [CompletionResult]::new('view', 'view', [CompletionResultType]::ParameterValue, 'Show what databases are: page, clone address, parent, root, forks')
            break
        }
        'dhub;help;db;create' {
            break
        }
        'dhub;help;db;fork' {
            break
        }
        'dhub;help;db;fork-status' {
            break
        }
        'dhub;help;db;forks' {
            break
        }
        'dhub;help;db;view' {
            break
        }
        'dhub;help;auth' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Store a token for the host')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show the active account and where its token comes from')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Remove the stored token')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Print the token that is in use, to be piped')
            break
        }
        'dhub;help;auth;login' {
            break
        }
        'dhub;help;auth;status' {
            break
        }
        'dhub;help;auth;logout' {
            break
        }
        'dhub;help;auth;token' {
            break
        }
        'dhub;help;config' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Show every setting, with where its value comes from')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Show the value that is in effect')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Set a value in the config file')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Remove a value from the config file')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the config file''s path')
            break
        }
        'dhub;help;config;list' {
            break
        }
        'dhub;help;config;get' {
            break
        }
        'dhub;help;config;set' {
            break
        }
        'dhub;help;config;unset' {
            break
        }
        'dhub;help;config;path' {
            break
        }
        'dhub;help;api' {
            break
        }
        'dhub;help;emulator' {
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Keep an emulator running and print the variables to export')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a command against a temporary emulator')
            break
        }
        'dhub;help;emulator;start' {
            break
        }
        'dhub;help;emulator;exec' {
            break
        }
        'dhub;help;completions' {
            break
        }
        'dhub;help;man' {
            break
        }
        'dhub;help;version' {
            break
        }
        'dhub;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
