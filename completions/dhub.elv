
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
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand db 'Create, fork and view databases, list forks'
            cand auth 'Log in, log out, and show the active account'
            cand config 'Show and change settings'
            cand api 'Send any request of the API, and print the response'
            cand emulator 'Run a local DoltHub for trying things out and testing scripts'
            cand completions 'Print shell completions'
            cand man 'Write the manual pages'
            cand version 'Print the version'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;db'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Create databases'
            cand fork 'Fork databases'
            cand fork-status 'Show the status of fork operations'
            cand forks 'List the forks in a database''s fork network'
            cand list-forks 'List the forks in a database''s fork network'
            cand view 'Show what databases are: page, clone address, parent, root, forks'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;db;create'= {
            cand --owner 'Owner where a name has none [env: DOLTHUB_OWNER, DOLTHUB_ORG] [default: you]'
            cand -d 'Description of the database'
            cand --description 'Description of the database'
            cand --remote 'Add it to the Dolt checkout here as a remote [default: origin]'
            cand -j 'Parallel requests [default: 8; reads grow to 32]'
            cand --jobs 'Parallel requests [default: 8; reads grow to 32]'
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --public 'Visible to everyone'
            cand --private 'Visible to its owner and their collaborators'
            cand --if-not-exists 'Accept an existing database of the same visibility'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;db;fork'= {
            cand --owner 'Owners of the forks, as in a,b; - reads a list [env: DOLTHUB_OWNER, DOLTHUB_ORG] [default: you]'
            cand -t 'How long to wait, 0 for no limit [default: 30m]'
            cand --timeout 'How long to wait, 0 for no limit [default: 30m]'
            cand --clone 'Wait, then dolt clone the fork [default: into NAME]'
            cand --remote 'Wait, then add the fork to the Dolt checkout here as a remote [default: fork]'
            cand -j 'Parallel requests [default: 8; reads grow to 32]'
            cand --jobs 'Parallel requests [default: 8; reads grow to 32]'
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand -w 'Wait until the fork is done'
            cand --wait 'Wait until the fork is done'
            cand --if-not-exists 'Accept an existing fork of the same parent'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;db;fork-status'= {
            cand -t 'How long to wait, 0 for no limit [default: 30m]'
            cand --timeout 'How long to wait, 0 for no limit [default: 30m]'
            cand -j 'Parallel requests [default: 8; reads grow to 32]'
            cand --jobs 'Parallel requests [default: 8; reads grow to 32]'
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand -w 'Wait until the fork is done'
            cand --wait 'Wait until the fork is done'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;db;forks'= {
            cand --depth 'With --tree: leave out what is more than N steps below the root'
            cand -j 'Parallel requests [default: 8; reads grow to 32]'
            cand --jobs 'Parallel requests [default: 8; reads grow to 32]'
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --tree 'Show the whole network as a tree, from its root down'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;db;list-forks'= {
            cand --depth 'With --tree: leave out what is more than N steps below the root'
            cand -j 'Parallel requests [default: 8; reads grow to 32]'
            cand --jobs 'Parallel requests [default: 8; reads grow to 32]'
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --tree 'Show the whole network as a tree, from its root down'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;db;view'= {
            cand -j 'Parallel requests [default: 8; reads grow to 32]'
            cand --jobs 'Parallel requests [default: 8; reads grow to 32]'
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --web 'Open the page in a browser, too [env: BROWSER]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;db;help'= {
            cand create 'Create databases'
            cand fork 'Fork databases'
            cand fork-status 'Show the status of fork operations'
            cand forks 'List the forks in a database''s fork network'
            cand view 'Show what databases are: page, clone address, parent, root, forks'
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
        &'dhub;db;help;view'= {
        }
        &'dhub;db;help;help'= {
        }
        &'dhub;auth'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand login 'Store a token for the host'
            cand status 'Show the active account and where its token comes from'
            cand logout 'Remove the stored token'
            cand token 'Print the token that is in use, to be piped'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;auth;login'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --allow-http 'Allow sending the token over plain http, where others can read it'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;auth;status'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;auth;logout'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;auth;token'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;auth;help'= {
            cand login 'Store a token for the host'
            cand status 'Show the active account and where its token comes from'
            cand logout 'Remove the stored token'
            cand token 'Print the token that is in use, to be piped'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;auth;help;login'= {
        }
        &'dhub;auth;help;status'= {
        }
        &'dhub;auth;help;logout'= {
        }
        &'dhub;auth;help;token'= {
        }
        &'dhub;auth;help;help'= {
        }
        &'dhub;config'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'Show every setting, with where its value comes from'
            cand get 'Show the value that is in effect'
            cand set 'Set a value in the config file'
            cand unset 'Remove a value from the config file'
            cand path 'Print the config file''s path'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;config;list'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;config;get'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;config;set'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;config;unset'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;config;path'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;config;help'= {
            cand list 'Show every setting, with where its value comes from'
            cand get 'Show the value that is in effect'
            cand set 'Set a value in the config file'
            cand unset 'Remove a value from the config file'
            cand path 'Print the config file''s path'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;config;help;list'= {
        }
        &'dhub;config;help;get'= {
        }
        &'dhub;config;help;set'= {
        }
        &'dhub;config;help;unset'= {
        }
        &'dhub;config;help;path'= {
        }
        &'dhub;config;help;help'= {
        }
        &'dhub;api'= {
            cand -X 'GET or POST [default: POST with -f or --input, else GET]'
            cand --method 'GET or POST [default: POST with -f or --input, else GET]'
            cand -f 'Field of the JSON body, or with -X GET of the query; KEY:=JSON for what is no string'
            cand --field 'Field of the JSON body, or with -X GET of the query; KEY:=JSON for what is no string'
            cand --input 'Body of a POST, sent as it is; - reads stdin'
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand -i 'Print the response''s status line and headers, too'
            cand --include 'Print the response''s status line and headers, too'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;emulator'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand start 'Keep an emulator running and print the variables to export'
            cand exec 'Run a command against a temporary emulator'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;emulator;start'= {
            cand --listen 'Loopback address or port to listen on; port 0 picks a free one'
            cand --state 'Keep databases and forks in this file'
            cand --user 'The token''s user'
            cand --org 'One more organization the user may write to, besides dolthub and anotherOrg; repeatable'
            cand --fork-delay 'How long a fork takes'
            cand --latency 'Delay added to each response'
            cand --fault-rate 'Probability of a fault, from 0 to 1'
            cand --seed 'Seed of the faults: the same seed makes the same faults'
            cand --network 'Start with a network of N forks under dolthub/museum-collections'
            cand --no-v1alpha1 'Refuse everything of v1alpha1, with 410 or 404, as a service that has v2 alone'
            cand --token-refusal 'How v1alpha1 refuses a bad token: 401, malformed, unknown or doltlab; several take turns'
            cand --refusal-form 'Where a refusal of v1alpha1 has its text: message, error, or ok (message, with status 200); several take turns'
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --no-v2 'Serve v1alpha1 alone, as an older DoltLab: nothing is known under /api/v2/'
            cand --v2-refuses-token 'Refuse the token under v2, with 401 as an unknown one; v1alpha1 accepts it'
            cand --free-account 'Refuse private databases, as on a free account (400 under v1alpha1, 422 under v2)'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;emulator;exec'= {
            cand --state 'Keep databases and forks in this file'
            cand --user 'The token''s user'
            cand --org 'One more organization the user may write to, besides dolthub and anotherOrg; repeatable'
            cand --fork-delay 'How long a fork takes'
            cand --latency 'Delay added to each response'
            cand --fault-rate 'Probability of a fault, from 0 to 1'
            cand --seed 'Seed of the faults: the same seed makes the same faults'
            cand --network 'Start with a network of N forks under dolthub/museum-collections'
            cand --no-v1alpha1 'Refuse everything of v1alpha1, with 410 or 404, as a service that has v2 alone'
            cand --token-refusal 'How v1alpha1 refuses a bad token: 401, malformed, unknown or doltlab; several take turns'
            cand --refusal-form 'Where a refusal of v1alpha1 has its text: message, error, or ok (message, with status 200); several take turns'
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --no-v2 'Serve v1alpha1 alone, as an older DoltLab: nothing is known under /api/v2/'
            cand --v2-refuses-token 'Refuse the token under v2, with 401 as an unknown one; v1alpha1 accepts it'
            cand --free-account 'Refuse private databases, as on a free account (400 under v1alpha1, 422 under v2)'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;emulator;help'= {
            cand start 'Keep an emulator running and print the variables to export'
            cand exec 'Run a command against a temporary emulator'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;emulator;help;start'= {
        }
        &'dhub;emulator;help;exec'= {
        }
        &'dhub;emulator;help;help'= {
        }
        &'dhub;completions'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;man'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;version'= {
            cand -o 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --output 'Results as table, tsv, csv, md, json, names; dot for --tree'
            cand --jq 'Filter the JSON with a jq expression, such as .forks[].owner'
            cand --host 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]'
            cand --api 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]'
            cand --config 'The config file [env: DHUB_CONFIG]'
            cand --color 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]'
            cand --request-timeout 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]'
            cand --json 'Print results and errors as JSON Lines'
            cand -r 'With --jq: print strings as they are, without quotes'
            cand --raw-output 'With --jq: print strings as they are, without quotes'
            cand -q 'No progress and no notes, only errors'
            cand --quiet 'No progress and no notes, only errors'
            cand -v 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand --verbose 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'dhub;help'= {
            cand db 'Create, fork and view databases, list forks'
            cand auth 'Log in, log out, and show the active account'
            cand config 'Show and change settings'
            cand api 'Send any request of the API, and print the response'
            cand emulator 'Run a local DoltHub for trying things out and testing scripts'
            cand completions 'Print shell completions'
            cand man 'Write the manual pages'
            cand version 'Print the version'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'dhub;help;db'= {
            cand create 'Create databases'
            cand fork 'Fork databases'
            cand fork-status 'Show the status of fork operations'
            cand forks 'List the forks in a database''s fork network'
            cand view 'Show what databases are: page, clone address, parent, root, forks'
        }
        &'dhub;help;db;create'= {
        }
        &'dhub;help;db;fork'= {
        }
        &'dhub;help;db;fork-status'= {
        }
        &'dhub;help;db;forks'= {
        }
        &'dhub;help;db;view'= {
        }
        &'dhub;help;auth'= {
            cand login 'Store a token for the host'
            cand status 'Show the active account and where its token comes from'
            cand logout 'Remove the stored token'
            cand token 'Print the token that is in use, to be piped'
        }
        &'dhub;help;auth;login'= {
        }
        &'dhub;help;auth;status'= {
        }
        &'dhub;help;auth;logout'= {
        }
        &'dhub;help;auth;token'= {
        }
        &'dhub;help;config'= {
            cand list 'Show every setting, with where its value comes from'
            cand get 'Show the value that is in effect'
            cand set 'Set a value in the config file'
            cand unset 'Remove a value from the config file'
            cand path 'Print the config file''s path'
        }
        &'dhub;help;config;list'= {
        }
        &'dhub;help;config;get'= {
        }
        &'dhub;help;config;set'= {
        }
        &'dhub;help;config;unset'= {
        }
        &'dhub;help;config;path'= {
        }
        &'dhub;help;api'= {
        }
        &'dhub;help;emulator'= {
            cand start 'Keep an emulator running and print the variables to export'
            cand exec 'Run a command against a temporary emulator'
        }
        &'dhub;help;emulator;start'= {
        }
        &'dhub;help;emulator;exec'= {
        }
        &'dhub;help;completions'= {
        }
        &'dhub;help;man'= {
        }
        &'dhub;help;version'= {
        }
        &'dhub;help;help'= {
        }
    ]
    $completions[$command]
}
