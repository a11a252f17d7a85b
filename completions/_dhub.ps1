
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
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON, one document a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('db', 'db', [CompletionResultType]::ParameterValue, 'Create, fork and list databases')
            [CompletionResult]::new('auth', 'auth', [CompletionResultType]::ParameterValue, 'Log in and out, and see who you are')
            [CompletionResult]::new('emulator', 'emulator', [CompletionResultType]::ParameterValue, 'A DoltHub of your own on this machine, to try things and to test scripts')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'dhub;db' {
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON, one document a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create databases')
            [CompletionResult]::new('fork', 'fork', [CompletionResultType]::ParameterValue, 'Fork databases')
            [CompletionResult]::new('fork-status', 'fork-status', [CompletionResultType]::ParameterValue, 'Say how far forks are, or wait for them')
            [CompletionResult]::new('forks', 'forks', [CompletionResultType]::ParameterValue, 'List the forks in a database''s fork network')
            [CompletionResult]::new('list-forks', 'list-forks', [CompletionResultType]::ParameterValue, 'List the forks in a database''s fork network')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'dhub;db;create' {
            [CompletionResult]::new('-d', '-d', [CompletionResultType]::ParameterName, 'A sentence about it')
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'A sentence about it')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'How many requests to send at a time')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'How many requests to send at a time')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--public', '--public', [CompletionResultType]::ParameterName, 'Everybody can read it')
            [CompletionResult]::new('--private', '--private', [CompletionResultType]::ParameterName, 'Only its owner can read it, and those whom the owner names')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Succeed where it is there already, with the visibility asked for')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON, one document a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'dhub;db;fork' {
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Whose the fork will be: you, unless an organization is named')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'With --wait: stop waiting after this long, 0 for never; the fork itself goes on [default: 30m]')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'How many requests to send at a time')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'How many requests to send at a time')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait until the fork is done')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Succeed where the same fork is there already')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON, one document a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'dhub;db;fork-status' {
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'With --wait: stop waiting after this long, 0 for never; the fork itself goes on [default: 30m]')
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'How many requests to send at a time')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'How many requests to send at a time')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait until the fork is done')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON, one document a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'dhub;db;forks' {
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'How many requests to send at a time')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'How many requests to send at a time')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--tree', '--tree', [CompletionResultType]::ParameterName, 'Show the whole network as a tree, from its root down')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON, one document a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'dhub;db;list-forks' {
            [CompletionResult]::new('-j', '-j', [CompletionResultType]::ParameterName, 'How many requests to send at a time')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'How many requests to send at a time')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--tree', '--tree', [CompletionResultType]::ParameterName, 'Show the whole network as a tree, from its root down')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON, one document a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'dhub;db;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create databases')
            [CompletionResult]::new('fork', 'fork', [CompletionResultType]::ParameterValue, 'Fork databases')
            [CompletionResult]::new('fork-status', 'fork-status', [CompletionResultType]::ParameterValue, 'Say how far forks are, or wait for them')
            [CompletionResult]::new('forks', 'forks', [CompletionResultType]::ParameterValue, 'List the forks in a database''s fork network')
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
        'dhub;db;help;help' {
            break
        }
        'dhub;auth' {
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON, one document a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Store a token for the host')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Say who you are, where the token comes from, and whether it works')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Forget the stored token of the host')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'dhub;auth;login' {
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--allow-http', '--allow-http', [CompletionResultType]::ParameterName, 'Let the token travel to this host over plain http, where others can overhear it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON, one document a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'dhub;auth;status' {
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON, one document a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'dhub;auth;logout' {
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON, one document a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'dhub;auth;help' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Store a token for the host')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Say who you are, where the token comes from, and whether it works')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Forget the stored token of the host')
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
        'dhub;auth;help;help' {
            break
        }
        'dhub;emulator' {
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON, one document a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Keep an emulator running, and print what to export')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a command against an emulator of its own that leaves nothing behind')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'dhub;emulator;start' {
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Where to listen, on loopback; port 0 is a free one')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Keep databases and forks in this file')
            [CompletionResult]::new('--fork-delay', '--fork-delay', [CompletionResultType]::ParameterName, 'How long a fork takes')
            [CompletionResult]::new('--latency', '--latency', [CompletionResultType]::ParameterName, 'How much later each answer comes')
            [CompletionResult]::new('--fault-rate', '--fault-rate', [CompletionResultType]::ParameterName, 'The share of requests that go wrong on purpose, from 0 to 1')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'The seed of the faults: the same one, the same faults')
            [CompletionResult]::new('--network', '--network', [CompletionResultType]::ParameterName, 'Start with a network of so many forks under dolthub/museum-collections')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON, one document a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'dhub;emulator;exec' {
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Keep databases and forks in this file')
            [CompletionResult]::new('--fork-delay', '--fork-delay', [CompletionResultType]::ParameterName, 'How long a fork takes')
            [CompletionResult]::new('--latency', '--latency', [CompletionResultType]::ParameterName, 'How much later each answer comes')
            [CompletionResult]::new('--fault-rate', '--fault-rate', [CompletionResultType]::ParameterName, 'The share of requests that go wrong on purpose, from 0 to 1')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'The seed of the faults: the same one, the same faults')
            [CompletionResult]::new('--network', '--network', [CompletionResultType]::ParameterName, 'Start with a network of so many forks under dolthub/museum-collections')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON, one document a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'dhub;emulator;help' {
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Keep an emulator running, and print what to export')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a command against an emulator of its own that leaves nothing behind')
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
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The config file [env: DHUB_CONFIG]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]')
            [CompletionResult]::new('--request-timeout', '--request-timeout', [CompletionResultType]::ParameterName, 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print results and errors as JSON, one document a line')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No progress and no notes; errors stay')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'A line for each request and each answer on stderr, no secret in it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'dhub;help' {
            [CompletionResult]::new('db', 'db', [CompletionResultType]::ParameterValue, 'Create, fork and list databases')
            [CompletionResult]::new('auth', 'auth', [CompletionResultType]::ParameterValue, 'Log in and out, and see who you are')
            [CompletionResult]::new('emulator', 'emulator', [CompletionResultType]::ParameterValue, 'A DoltHub of your own on this machine, to try things and to test scripts')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'dhub;help;db' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create databases')
            [CompletionResult]::new('fork', 'fork', [CompletionResultType]::ParameterValue, 'Fork databases')
            [CompletionResult]::new('fork-status', 'fork-status', [CompletionResultType]::ParameterValue, 'Say how far forks are, or wait for them')
            [CompletionResult]::new('forks', 'forks', [CompletionResultType]::ParameterValue, 'List the forks in a database''s fork network')
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
        'dhub;help;auth' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Store a token for the host')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Say who you are, where the token comes from, and whether it works')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Forget the stored token of the host')
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
        'dhub;help;emulator' {
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Keep an emulator running, and print what to export')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a command against an emulator of its own that leaves nothing behind')
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
        'dhub;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
