
use builtin;
use str;

set edit:completion:arg-completer[dhub] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'dhub'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'dhub'= {
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON, one document a line'
            cand -q 'No progress and no notes; errors stay'
            cand --quiet 'No progress and no notes; errors stay'
            cand -v 'A line for each request and each answer on stderr, no secret in it'
            cand --verbose 'A line for each request and each answer on stderr, no secret in it'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand db 'Create, fork and list databases'
            cand auth 'Log in and out, and see who you are'
            cand emulator 'A DoltHub of your own on this machine, to try things and to test scripts'
            cand completions 'Print the completions for a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;db'= {
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON, one document a line'
            cand -q 'No progress and no notes; errors stay'
            cand --quiet 'No progress and no notes; errors stay'
            cand -v 'A line for each request and each answer on stderr, no secret in it'
            cand --verbose 'A line for each request and each answer on stderr, no secret in it'
            cand -h 'Print help'
            cand --help 'Print help'
            cand create 'Create databases'
            cand fork 'Fork databases'
            cand fork-status 'Say how far forks are, or wait for them'
            cand forks 'List the forks in a database''s fork network'
            cand list-forks 'List the forks in a database''s fork network'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;db;create'= {
            cand -d 'A sentence about it'
            cand --description 'A sentence about it'
            cand -j 'How many requests to send at a time'
            cand --jobs 'How many requests to send at a time'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]'
            cand --public 'Everybody can read it'
            cand --private 'Only its owner can read it, and those whom the owner names'
            cand --if-not-exists 'Succeed where it is there already, with the visibility asked for'
            cand --json 'Print results and errors as JSON, one document a line'
            cand -q 'No progress and no notes; errors stay'
            cand --quiet 'No progress and no notes; errors stay'
            cand -v 'A line for each request and each answer on stderr, no secret in it'
            cand --verbose 'A line for each request and each answer on stderr, no secret in it'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'dhub;db;fork'= {
            cand --owner 'Whose the fork will be: you, unless an organization is named'
            cand --timeout 'With --wait: stop waiting after this long, 0 for never; the fork itself goes on [default: 30m]'
            cand -j 'How many requests to send at a time'
            cand --jobs 'How many requests to send at a time'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]'
            cand --wait 'Wait until the fork is done'
            cand --if-not-exists 'Succeed where the same fork is there already'
            cand --json 'Print results and errors as JSON, one document a line'
            cand -q 'No progress and no notes; errors stay'
            cand --quiet 'No progress and no notes; errors stay'
            cand -v 'A line for each request and each answer on stderr, no secret in it'
            cand --verbose 'A line for each request and each answer on stderr, no secret in it'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'dhub;db;fork-status'= {
            cand --timeout 'With --wait: stop waiting after this long, 0 for never; the fork itself goes on [default: 30m]'
            cand -j 'How many requests to send at a time'
            cand --jobs 'How many requests to send at a time'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]'
            cand --wait 'Wait until the fork is done'
            cand --json 'Print results and errors as JSON, one document a line'
            cand -q 'No progress and no notes; errors stay'
            cand --quiet 'No progress and no notes; errors stay'
            cand -v 'A line for each request and each answer on stderr, no secret in it'
            cand --verbose 'A line for each request and each answer on stderr, no secret in it'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'dhub;db;forks'= {
            cand -j 'How many requests to send at a time'
            cand --jobs 'How many requests to send at a time'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]'
            cand --tree 'Show the whole network as a tree, from its root down'
            cand --json 'Print results and errors as JSON, one document a line'
            cand -q 'No progress and no notes; errors stay'
            cand --quiet 'No progress and no notes; errors stay'
            cand -v 'A line for each request and each answer on stderr, no secret in it'
            cand --verbose 'A line for each request and each answer on stderr, no secret in it'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'dhub;db;list-forks'= {
            cand -j 'How many requests to send at a time'
            cand --jobs 'How many requests to send at a time'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]'
            cand --tree 'Show the whole network as a tree, from its root down'
            cand --json 'Print results and errors as JSON, one document a line'
            cand -q 'No progress and no notes; errors stay'
            cand --quiet 'No progress and no notes; errors stay'
            cand -v 'A line for each request and each answer on stderr, no secret in it'
            cand --verbose 'A line for each request and each answer on stderr, no secret in it'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'dhub;db;help'= {
            cand create 'Create databases'
            cand fork 'Fork databases'
            cand fork-status 'Say how far forks are, or wait for them'
            cand forks 'List the forks in a database''s fork network'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;db;help;create'= {
        }
        &'dhub;db;help;fork'= {
        }
        &'dhub;db;help;fork-status'= {
        }
        &'dhub;db;help;forks'= {
        }
        &'dhub;db;help;help'= {
        }
        &'dhub;auth'= {
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON, one document a line'
            cand -q 'No progress and no notes; errors stay'
            cand --quiet 'No progress and no notes; errors stay'
            cand -v 'A line for each request and each answer on stderr, no secret in it'
            cand --verbose 'A line for each request and each answer on stderr, no secret in it'
            cand -h 'Print help'
            cand --help 'Print help'
            cand login 'Store a token for the host'
            cand status 'Say who you are, where the token comes from, and whether it works'
            cand logout 'Forget the stored token of the host'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;auth;login'= {
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]'
            cand --allow-http 'Let the token travel to this host over plain http, where others can overhear it'
            cand --json 'Print results and errors as JSON, one document a line'
            cand -q 'No progress and no notes; errors stay'
            cand --quiet 'No progress and no notes; errors stay'
            cand -v 'A line for each request and each answer on stderr, no secret in it'
            cand --verbose 'A line for each request and each answer on stderr, no secret in it'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'dhub;auth;status'= {
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON, one document a line'
            cand -q 'No progress and no notes; errors stay'
            cand --quiet 'No progress and no notes; errors stay'
            cand -v 'A line for each request and each answer on stderr, no secret in it'
            cand --verbose 'A line for each request and each answer on stderr, no secret in it'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'dhub;auth;logout'= {
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON, one document a line'
            cand -q 'No progress and no notes; errors stay'
            cand --quiet 'No progress and no notes; errors stay'
            cand -v 'A line for each request and each answer on stderr, no secret in it'
            cand --verbose 'A line for each request and each answer on stderr, no secret in it'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'dhub;auth;help'= {
            cand login 'Store a token for the host'
            cand status 'Say who you are, where the token comes from, and whether it works'
            cand logout 'Forget the stored token of the host'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;auth;help;login'= {
        }
        &'dhub;auth;help;status'= {
        }
        &'dhub;auth;help;logout'= {
        }
        &'dhub;auth;help;help'= {
        }
        &'dhub;emulator'= {
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON, one document a line'
            cand -q 'No progress and no notes; errors stay'
            cand --quiet 'No progress and no notes; errors stay'
            cand -v 'A line for each request and each answer on stderr, no secret in it'
            cand --verbose 'A line for each request and each answer on stderr, no secret in it'
            cand -h 'Print help'
            cand --help 'Print help'
            cand start 'Keep an emulator running, and print what to export'
            cand exec 'Run a command against an emulator of its own that leaves nothing behind'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;emulator;start'= {
            cand --listen 'Where to listen, on loopback; port 0 is a free one'
            cand --state 'Keep databases and forks in this file'
            cand --fork-delay 'How long a fork takes'
            cand --latency 'How much later each answer comes'
            cand --fault-rate 'The share of requests that go wrong on purpose, from 0 to 1'
            cand --seed 'The seed of the faults: the same one, the same faults'
            cand --network 'Start with a network of so many forks under dolthub/museum-collections'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON, one document a line'
            cand -q 'No progress and no notes; errors stay'
            cand --quiet 'No progress and no notes; errors stay'
            cand -v 'A line for each request and each answer on stderr, no secret in it'
            cand --verbose 'A line for each request and each answer on stderr, no secret in it'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'dhub;emulator;exec'= {
            cand --state 'Keep databases and forks in this file'
            cand --fork-delay 'How long a fork takes'
            cand --latency 'How much later each answer comes'
            cand --fault-rate 'The share of requests that go wrong on purpose, from 0 to 1'
            cand --seed 'The seed of the faults: the same one, the same faults'
            cand --network 'Start with a network of so many forks under dolthub/museum-collections'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON, one document a line'
            cand -q 'No progress and no notes; errors stay'
            cand --quiet 'No progress and no notes; errors stay'
            cand -v 'A line for each request and each answer on stderr, no secret in it'
            cand --verbose 'A line for each request and each answer on stderr, no secret in it'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'dhub;emulator;help'= {
            cand start 'Keep an emulator running, and print what to export'
            cand exec 'Run a command against an emulator of its own that leaves nothing behind'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;emulator;help;start'= {
        }
        &'dhub;emulator;help;exec'= {
        }
        &'dhub;emulator;help;help'= {
        }
        &'dhub;completions'= {
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'How long one request may take, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON, one document a line'
            cand -q 'No progress and no notes; errors stay'
            cand --quiet 'No progress and no notes; errors stay'
            cand -v 'A line for each request and each answer on stderr, no secret in it'
            cand --verbose 'A line for each request and each answer on stderr, no secret in it'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'dhub;help'= {
            cand db 'Create, fork and list databases'
            cand auth 'Log in and out, and see who you are'
            cand emulator 'A DoltHub of your own on this machine, to try things and to test scripts'
            cand completions 'Print the completions for a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;help;db'= {
            cand create 'Create databases'
            cand fork 'Fork databases'
            cand fork-status 'Say how far forks are, or wait for them'
            cand forks 'List the forks in a database''s fork network'
        }
        &'dhub;help;db;create'= {
        }
        &'dhub;help;db;fork'= {
        }
        &'dhub;help;db;fork-status'= {
        }
        &'dhub;help;db;forks'= {
        }
        &'dhub;help;auth'= {
            cand login 'Store a token for the host'
            cand status 'Say who you are, where the token comes from, and whether it works'
            cand logout 'Forget the stored token of the host'
        }
        &'dhub;help;auth;login'= {
        }
        &'dhub;help;auth;status'= {
        }
        &'dhub;help;auth;logout'= {
        }
        &'dhub;help;emulator'= {
            cand start 'Keep an emulator running, and print what to export'
            cand exec 'Run a command against an emulator of its own that leaves nothing behind'
        }
        &'dhub;help;emulator;start'= {
        }
        &'dhub;help;emulator;exec'= {
        }
        &'dhub;help;completions'= {
        }
        &'dhub;help;help'= {
        }
    ]
    $completions[$command]
}
