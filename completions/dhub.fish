# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_dhub_global_optspecs
    string join \n json o/output= jq= r/raw-output host= api= config= q/quiet v/verbose color= request-timeout= h/help V/version
end

function __fish_dhub_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_dhub_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_dhub_using_subcommand
    set -l cmd (__fish_dhub_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c dhub -n "__fish_dhub_needs_command" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_needs_command" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_needs_command" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_needs_command" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_needs_command" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_needs_command" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_needs_command" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_needs_command" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_needs_command" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_needs_command" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_needs_command" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_needs_command" -s V -l version -d 'Print version'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "db" -d 'Create, fork and view databases, list forks'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "auth" -d 'Log in, log out, and show the active account'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "config" -d 'Show and change settings'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "api" -d 'Send any request of the API, and print the response'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "emulator" -d 'Run a local DoltHub for trying things out and testing scripts'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "completions" -d 'Print shell completions'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "man" -d 'Write the manual pages'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "version" -d 'Print the version'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -f -a "create" -d 'Create databases'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -f -a "fork" -d 'Fork databases'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -f -a "fork-status" -d 'Show the status of fork operations'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -f -a "forks" -d 'List the forks in a database\'s fork network'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -f -a "list-forks" -d 'List the forks in a database\'s fork network'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -f -a "view" -d 'Show what databases are: page, clone address, parent, root, forks'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_dhub_second_is create fork fork-status forks list-forks view help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -l owner -d 'Owner where a name has none [env: DOLTHUB_OWNER, DOLTHUB_ORG] [default: you]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -s d -l description -d 'Description of the database' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -l remote -d 'Add it to the Dolt checkout here as a remote [default: origin]' -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -s j -l jobs -d 'Parallel requests [default: 8; reads grow to 32]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -l public -d 'Visible to everyone'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -l private -d 'Visible to its owner and their collaborators'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -l if-not-exists -d 'Accept an existing database of the same visibility'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -l owner -d 'Owners of the forks, as in a,b; - reads a list [env: DOLTHUB_OWNER, DOLTHUB_ORG] [default: you]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -s t -l timeout -d 'How long to wait, 0 for no limit [default: 30m]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -l clone -d 'Wait, then dolt clone the fork [default: into NAME]' -f -a "(__fish_complete_directories (string replace -r '^--[^=]*=' '' -- (commandline -ct)))"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -l remote -d 'Wait, then add the fork to the Dolt checkout here as a remote [default: fork]' -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -s j -l jobs -d 'Parallel requests [default: 8; reads grow to 32]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -s w -l wait -d 'Wait until the fork is done'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -l if-not-exists -d 'Accept an existing fork of the same parent'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork-status" -s t -l timeout -d 'How long to wait, 0 for no limit [default: 30m]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork-status" -s j -l jobs -d 'Parallel requests [default: 8; reads grow to 32]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork-status" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork-status" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork-status" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork-status" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork-status" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork-status" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork-status" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork-status" -s w -l wait -d 'Wait until the fork is done'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork-status" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork-status" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork-status" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork-status" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is fork-status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is forks" -l depth -d 'With --tree: leave out what is more than N steps below the root' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is forks" -s j -l jobs -d 'Parallel requests [default: 8; reads grow to 32]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is forks" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is forks" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is forks" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is forks" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is forks" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is forks" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is forks" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is forks" -l tree -d 'Show the whole network as a tree, from its root down'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is forks" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is forks" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is forks" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is forks" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is forks" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is list-forks" -l depth -d 'With --tree: leave out what is more than N steps below the root' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is list-forks" -s j -l jobs -d 'Parallel requests [default: 8; reads grow to 32]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is list-forks" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is list-forks" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is list-forks" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is list-forks" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is list-forks" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is list-forks" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is list-forks" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is list-forks" -l tree -d 'Show the whole network as a tree, from its root down'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is list-forks" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is list-forks" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is list-forks" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is list-forks" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is list-forks" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is view" -s j -l jobs -d 'Parallel requests [default: 8; reads grow to 32]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is view" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is view" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is view" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is view" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is view" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is view" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is view" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is view" -l web -d 'Open the page in a browser, too [env: BROWSER]'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is view" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is view" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is view" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is view" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is view" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is help" -f -a "create" -d 'Create databases'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is help" -f -a "fork" -d 'Fork databases'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is help" -f -a "fork-status" -d 'Show the status of fork operations'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is help" -f -a "forks" -d 'List the forks in a database\'s fork network'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is help" -f -a "view" -d 'Show what databases are: page, clone address, parent, root, forks'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_dhub_second_is help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -f -a "login" -d 'Store a token for the host'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -f -a "status" -d 'Show the active account and where its token comes from'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -f -a "logout" -d 'Remove the stored token'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -f -a "token" -d 'Print the token that is in use, to be piped'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_dhub_second_is login status logout token help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is login" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is login" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is login" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is login" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is login" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is login" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is login" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is login" -l allow-http -d 'Allow sending the token over plain http, where others can read it'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is login" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is login" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is login" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is login" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is status" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is status" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is status" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is status" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is status" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is status" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is status" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is status" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is status" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is status" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is status" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is logout" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is logout" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is logout" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is logout" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is logout" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is logout" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is logout" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is logout" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is logout" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is logout" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is logout" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is token" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is token" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is token" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is token" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is token" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is token" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is token" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is token" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is token" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is token" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is token" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is help" -f -a "login" -d 'Store a token for the host'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is help" -f -a "status" -d 'Show the active account and where its token comes from'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is help" -f -a "logout" -d 'Remove the stored token'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is help" -f -a "token" -d 'Print the token that is in use, to be piped'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_dhub_second_is help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -f -a "list" -d 'Show every setting, with where its value comes from'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -f -a "get" -d 'Show the value that is in effect'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -f -a "set" -d 'Set a value in the config file'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -f -a "unset" -d 'Remove a value from the config file'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -f -a "path" -d 'Print the config file\'s path'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_dhub_second_is list get set unset path help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is list" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is list" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is list" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is list" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is list" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is list" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is list" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is list" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is list" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is list" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is list" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is get" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is get" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is get" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is get" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is get" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is get" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is get" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is get" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is get" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is get" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is get" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is set" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is set" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is set" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is set" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is set" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is set" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is set" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is set" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is set" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is set" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is set" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is unset" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is unset" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is unset" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is unset" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is unset" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is unset" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is unset" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is unset" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is unset" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is unset" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is unset" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is unset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is path" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is path" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is path" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is path" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is path" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is path" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is path" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is path" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is path" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is path" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is path" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is help" -f -a "list" -d 'Show every setting, with where its value comes from'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is help" -f -a "get" -d 'Show the value that is in effect'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is help" -f -a "set" -d 'Set a value in the config file'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is help" -f -a "unset" -d 'Remove a value from the config file'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is help" -f -a "path" -d 'Print the config file\'s path'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_dhub_second_is help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand api" -s X -l method -d 'GET or POST [default: POST with -f or --input, else GET]' -r -f -a "GET\t'Reads'
POST\t'Changes something'"
complete -c dhub -n "__fish_dhub_using_subcommand api" -s f -l field -d 'Field of the JSON body, or with -X GET of the query; KEY:=JSON for what is no string' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand api" -l input -d 'Body of a POST, sent as it is; - reads stdin' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand api" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand api" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand api" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand api" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand api" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand api" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand api" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand api" -s i -l include -d 'Print the response\'s status line and headers, too'
complete -c dhub -n "__fish_dhub_using_subcommand api" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand api" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand api" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand api" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand api" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_dhub_second_is start exec help" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_dhub_second_is start exec help" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_dhub_second_is start exec help" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_dhub_second_is start exec help" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_dhub_second_is start exec help" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_dhub_second_is start exec help" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_dhub_second_is start exec help" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_dhub_second_is start exec help" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_dhub_second_is start exec help" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_dhub_second_is start exec help" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_dhub_second_is start exec help" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_dhub_second_is start exec help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_dhub_second_is start exec help" -f -a "start" -d 'Keep an emulator running and print the variables to export'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_dhub_second_is start exec help" -f -a "exec" -d 'Run a command against a temporary emulator'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_dhub_second_is start exec help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l listen -d 'Loopback address or port to listen on; port 0 picks a free one' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l state -d 'Keep databases and forks in this file' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l user -d 'The token\'s user' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l org -d 'One more organization the user may write to, besides dolthub and anotherOrg; repeatable' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l fork-delay -d 'How long a fork takes' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l latency -d 'Delay added to each response' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l fault-rate -d 'Probability of a fault, from 0 to 1' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l seed -d 'Seed of the faults: the same seed makes the same faults' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l network -d 'Start with a network of N forks under dolthub/museum-collections' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l no-v1alpha1 -d 'Refuse everything of v1alpha1, with 410 or 404, as a service that has v2 alone' -f -a "404\t'As where it never was'
410\t'As where it was'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l token-refusal -d 'How v1alpha1 refuses a bad token: 401, malformed, unknown or doltlab; several take turns' -r -f -a "401\t'401 `Not authenticated`'
malformed\t'400 `invalid authorization header`'
unknown\t'400 `no token found for given API token`'
doltlab\t'400 `apitoken_db: API Token with matching ID not found`'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l refusal-form -d 'Where a refusal of v1alpha1 has its text: message, error, or ok (message, with status 200); several take turns' -r -f -a "message\t'Under `message`'
error\t'Under `error`'
ok\t'Under `message`, with the HTTP status 200'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l no-v2 -d 'Serve v1alpha1 alone, as an older DoltLab: nothing is known under /api/v2/'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l v2-refuses-token -d 'Refuse the token under v2, with 401 as an unknown one; v1alpha1 accepts it'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l free-account -d 'Refuse private databases, as on a free account (400 under v1alpha1, 422 under v2)'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is start" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l state -d 'Keep databases and forks in this file' -r -F
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l user -d 'The token\'s user' -r -f
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l org -d 'One more organization the user may write to, besides dolthub and anotherOrg; repeatable' -r -f
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l fork-delay -d 'How long a fork takes' -r -f
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l latency -d 'Delay added to each response' -r -f
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l fault-rate -d 'Probability of a fault, from 0 to 1' -r -f
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l seed -d 'Seed of the faults: the same seed makes the same faults' -r -f
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l network -d 'Start with a network of N forks under dolthub/museum-collections' -r -f
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l no-v1alpha1 -d 'Refuse everything of v1alpha1, with 410 or 404, as a service that has v2 alone' -f -a "404\t'As where it never was'
410\t'As where it was'"
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l token-refusal -d 'How v1alpha1 refuses a bad token: 401, malformed, unknown or doltlab; several take turns' -r -f -a "401\t'401 `Not authenticated`'
malformed\t'400 `invalid authorization header`'
unknown\t'400 `no token found for given API token`'
doltlab\t'400 `apitoken_db: API Token with matching ID not found`'"
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l refusal-form -d 'Where a refusal of v1alpha1 has its text: message, error, or ok (message, with status 200); several take turns' -r -f -a "message\t'Under `message`'
error\t'Under `error`'
ok\t'Under `message`, with the HTTP status 200'"
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l no-v2 -d 'Serve v1alpha1 alone, as an older DoltLab: nothing is known under /api/v2/'
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l v2-refuses-token -d 'Refuse the token under v2, with 401 as an unknown one; v1alpha1 accepts it'
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l free-account -d 'Refuse private databases, as on a free account (400 under v1alpha1, 422 under v2)'
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is help" -f -a "start" -d 'Keep an emulator running and print the variables to export'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is help" -f -a "exec" -d 'Run a command against a temporary emulator'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_dhub_second_is help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand completions" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand completions" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand completions" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand completions" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand completions" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand completions" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand completions" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand completions" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand completions" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand completions" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand completions" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand man" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand man" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand man" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand man" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand man" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand man" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand man" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand man" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand man" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand man" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand man" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand version" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand version" -l jq -d 'Filter the JSON with a jq expression, such as .forks[].owner' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand version" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand version" -l api -d 'Version of the API: v1alpha1 or v2 [env: DOLTHUB_API] [default: v1alpha1]' -r -f -a "v1alpha1\t'The one that every DoltHub and DoltLab speaks'
v2\t'The newer one'"
complete -c dhub -n "__fish_dhub_using_subcommand version" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand version" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand version" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand version" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand version" -s r -l raw-output -d 'With --jq: print strings as they are, without quotes'
complete -c dhub -n "__fish_dhub_using_subcommand version" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand version" -s v -l verbose -d 'Log requests and responses to stderr, -vv with their bodies (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand version" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_dhub_second_is db auth config api emulator completions man version help" -f -a "db" -d 'Create, fork and view databases, list forks'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_dhub_second_is db auth config api emulator completions man version help" -f -a "auth" -d 'Log in, log out, and show the active account'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_dhub_second_is db auth config api emulator completions man version help" -f -a "config" -d 'Show and change settings'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_dhub_second_is db auth config api emulator completions man version help" -f -a "api" -d 'Send any request of the API, and print the response'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_dhub_second_is db auth config api emulator completions man version help" -f -a "emulator" -d 'Run a local DoltHub for trying things out and testing scripts'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_dhub_second_is db auth config api emulator completions man version help" -f -a "completions" -d 'Print shell completions'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_dhub_second_is db auth config api emulator completions man version help" -f -a "man" -d 'Write the manual pages'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_dhub_second_is db auth config api emulator completions man version help" -f -a "version" -d 'Print the version'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_dhub_second_is db auth config api emulator completions man version help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is db" -f -a "create" -d 'Create databases'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is db" -f -a "fork" -d 'Fork databases'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is db" -f -a "fork-status" -d 'Show the status of fork operations'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is db" -f -a "forks" -d 'List the forks in a database\'s fork network'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is db" -f -a "view" -d 'Show what databases are: page, clone address, parent, root, forks'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is auth" -f -a "login" -d 'Store a token for the host'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is auth" -f -a "status" -d 'Show the active account and where its token comes from'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is auth" -f -a "logout" -d 'Remove the stored token'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is auth" -f -a "token" -d 'Print the token that is in use, to be piped'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is config" -f -a "list" -d 'Show every setting, with where its value comes from'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is config" -f -a "get" -d 'Show the value that is in effect'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is config" -f -a "set" -d 'Set a value in the config file'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is config" -f -a "unset" -d 'Remove a value from the config file'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is config" -f -a "path" -d 'Print the config file\'s path'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is emulator" -f -a "start" -d 'Keep an emulator running and print the variables to export'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_dhub_second_is emulator" -f -a "exec" -d 'Run a command against a temporary emulator'

# clap's script leaves what is neither an option nor a command to fish, which offers files; and it loses its way behind an
# option that waits for its value. So its questions are answered here, from the words before the cursor that are no options.
complete -c dhub -f

function __fish_dhub_words
    set -l words (commandline -opc)
    set -e words[1]
    set -l option
    for word in $words
        if set -q option[1]
            set -e option
            continue
        end
        switch $word
            case -o -X -f -d -j -t --output --jq --host --api --config --color --request-timeout --method --field --input --owner --description --jobs --timeout --depth --listen --state --user --org --fork-delay --latency --fault-rate --seed --network --token-refusal --refusal-form
                set option $word
            case '-*'
            case '*'
                echo $word
        end
    end
end

function __fish_dhub_needs_command
    test -z (__fish_dhub_words | string collect)
end

function __fish_dhub_using_subcommand
    set -l words (__fish_dhub_words)
    contains -- "$words[1]" $argv
end

function __fish_dhub_second_is
    set -l words (__fish_dhub_words)
    set -q words[2]; and contains -- $words[2] $argv
end

# Whether they are like this.
function __fish_dhub_after
    set -l words (__fish_dhub_words)
    string match -q -- $argv[1] "$words"
end

complete -c dhub -n "__fish_dhub_after 'completions'" -a "bash elvish fish powershell zsh"
complete -c dhub -n "__fish_dhub_after 'man'" -a "(__fish_complete_directories)"
complete -c dhub -n "__fish_dhub_after 'config get'" -a "host user token token_command owner visibility ca_file remote api allow_http"
complete -c dhub -n "__fish_dhub_after 'config set'" -a "host user token token_command owner visibility ca_file remote api allow_http"
complete -c dhub -n "__fish_dhub_after 'config set visibility'" -a "public private"
complete -c dhub -n "__fish_dhub_after 'config set ca_file'" -F
complete -c dhub -n "__fish_dhub_after 'config set allow_http'" -a "true false"
complete -c dhub -n "__fish_dhub_after 'config unset'" -a "host user token token_command owner visibility ca_file remote api allow_http"
complete -c dhub -n "__fish_dhub_after 'emulator exec'" -a "(__fish_complete_command)"
complete -c dhub -n "__fish_dhub_after 'emulator exec *'" -a "(__fish_complete_subcommand --fcs-skip=3 -o -X -f -d -j -t --output --jq --host --api --config --color --request-timeout --method --field --input --owner --description --jobs --timeout --depth --listen --state --user --org --fork-delay --latency --fault-rate --seed --network --token-refusal --refusal-form)"
