# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_dhub_global_optspecs
    string join \n json o/output= host= config= q/quiet v/verbose color= request-timeout= h/help V/version
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
complete -c dhub -n "__fish_dhub_needs_command" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_needs_command" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_needs_command" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_needs_command" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_needs_command" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_needs_command" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_needs_command" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_needs_command" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_needs_command" -s V -l version -d 'Print version'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "db" -d 'Create, fork, view and list databases'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "auth" -d 'Log in, log out, and show the active account'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "config" -d 'Show and change settings'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "emulator" -d 'Run a local DoltHub for trying things out and testing scripts'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "completions" -d 'Print shell completions'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "version" -d 'Print the version'
complete -c dhub -n "__fish_dhub_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -f -a "create" -d 'Create databases'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -f -a "fork" -d 'Fork databases'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -f -a "fork-status" -d 'Show the status of fork operations'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -f -a "forks" -d 'List the forks in a database\'s fork network'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -f -a "list-forks" -d 'List the forks in a database\'s fork network'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -f -a "view" -d 'Show what databases are: page, clone address, parent, root, forks'
complete -c dhub -n "__fish_dhub_using_subcommand db; and not __fish_seen_subcommand_from create fork fork-status forks list-forks view help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -l owner -d 'Owner where a name has none [env: DOLTHUB_OWNER, DOLTHUB_ORG] [default: you]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -s d -l description -d 'Description of the database' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -l remote -d 'Add it to the Dolt checkout here as a remote [default: origin]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -s j -l jobs -d 'Parallel requests [default: 8; reads grow to 32]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -l public -d 'Visible to everyone'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -l private -d 'Visible to its owner and their collaborators'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Accept an existing database of the same visibility'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -l owner -d 'Owners of the forks; - reads a list [env: DOLTHUB_OWNER, DOLTHUB_ORG] [default: you]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -s t -l timeout -d 'How long to wait, 0 for no limit [default: 30m]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -l clone -d 'Wait, then dolt clone the fork [default: into NAME]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -l remote -d 'Wait, then add the fork to the Dolt checkout here as a remote [default: fork]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -s j -l jobs -d 'Parallel requests [default: 8; reads grow to 32]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -s w -l wait -d 'Wait until the fork is done'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -l if-not-exists -d 'Accept an existing fork of the same parent'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork-status" -s t -l timeout -d 'How long to wait, 0 for no limit [default: 30m]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork-status" -s j -l jobs -d 'Parallel requests [default: 8; reads grow to 32]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork-status" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork-status" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork-status" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork-status" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork-status" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork-status" -s w -l wait -d 'Wait until the fork is done'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork-status" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork-status" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork-status" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from fork-status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from forks" -l depth -d 'With --tree: leave out what is more than N steps below the root' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from forks" -s j -l jobs -d 'Parallel requests [default: 8; reads grow to 32]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from forks" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from forks" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from forks" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from forks" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from forks" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from forks" -l tree -d 'Show the whole network as a tree, from its root down'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from forks" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from forks" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from forks" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from forks" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from list-forks" -l depth -d 'With --tree: leave out what is more than N steps below the root' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from list-forks" -s j -l jobs -d 'Parallel requests [default: 8; reads grow to 32]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from list-forks" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from list-forks" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from list-forks" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from list-forks" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from list-forks" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from list-forks" -l tree -d 'Show the whole network as a tree, from its root down'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from list-forks" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from list-forks" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from list-forks" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from list-forks" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from view" -s j -l jobs -d 'Parallel requests [default: 8; reads grow to 32]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from view" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from view" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from view" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from view" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from view" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from view" -l web -d 'Open the page in a browser, too [env: BROWSER]'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from view" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from view" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from view" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from view" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create databases'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "fork" -d 'Fork databases'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "fork-status" -d 'Show the status of fork operations'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "forks" -d 'List the forks in a database\'s fork network'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "view" -d 'Show what databases are: page, clone address, parent, root, forks'
complete -c dhub -n "__fish_dhub_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -f -a "login" -d 'Store a token for the host'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -f -a "status" -d 'Show the active account and where its token comes from'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -f -a "logout" -d 'Remove the stored token'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -f -a "token" -d 'Print the token that is in use, to be piped'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and not __fish_seen_subcommand_from login status logout token help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from login" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from login" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from login" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from login" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from login" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from login" -l allow-http -d 'Allow sending the token over plain http, where others can read it'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from login" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from login" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from login" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from status" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from status" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from status" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from status" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from status" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from status" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from status" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from logout" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from logout" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from logout" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from logout" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from logout" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from logout" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from logout" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from logout" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from logout" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from token" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from token" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from token" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from token" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from token" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from token" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from token" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from token" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from token" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "login" -d 'Store a token for the host'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show the active account and where its token comes from'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "logout" -d 'Remove the stored token'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "token" -d 'Print the token that is in use, to be piped'
complete -c dhub -n "__fish_dhub_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path help" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path help" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path help" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path help" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path help" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path help" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path help" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path help" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path help" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path help" -f -a "list" -d 'Show every setting, with where its value comes from'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path help" -f -a "get" -d 'Show the value that is in effect'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path help" -f -a "set" -d 'Set a value in the config file'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path help" -f -a "unset" -d 'Remove a value from the config file'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path help" -f -a "path" -d 'Print the config file\'s path'
complete -c dhub -n "__fish_dhub_using_subcommand config; and not __fish_seen_subcommand_from list get set unset path help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from list" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from list" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from list" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from list" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from list" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from list" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from list" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from get" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from get" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from get" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from get" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from get" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from get" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from get" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from set" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from set" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from set" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from set" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from set" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from set" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from set" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from unset" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from unset" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from unset" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from unset" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from unset" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from unset" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from unset" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from unset" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from path" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from path" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from path" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from path" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "list" -d 'Show every setting, with where its value comes from'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "get" -d 'Show the value that is in effect'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "set" -d 'Set a value in the config file'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "unset" -d 'Remove a value from the config file'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print the config file\'s path'
complete -c dhub -n "__fish_dhub_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_seen_subcommand_from start exec help" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_seen_subcommand_from start exec help" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_seen_subcommand_from start exec help" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_seen_subcommand_from start exec help" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_seen_subcommand_from start exec help" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_seen_subcommand_from start exec help" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_seen_subcommand_from start exec help" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_seen_subcommand_from start exec help" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_seen_subcommand_from start exec help" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_seen_subcommand_from start exec help" -f -a "start" -d 'Keep an emulator running and print the variables to export'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_seen_subcommand_from start exec help" -f -a "exec" -d 'Run a command against a temporary emulator'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and not __fish_seen_subcommand_from start exec help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l listen -d 'Loopback address or port to listen on; port 0 picks a free one' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l state -d 'Keep databases and forks in this file' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l user -d 'The token\'s user' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l org -d 'One more organization the user may write to, besides dolthub and anotherOrg; repeatable' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l fork-delay -d 'How long a fork takes' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l latency -d 'Delay added to each response' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l fault-rate -d 'Probability of a fault, from 0 to 1' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l seed -d 'Seed of the faults: the same seed makes the same faults' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l network -d 'Start with a network of N forks under dolthub/museum-collections' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l no-v1alpha1 -d 'Refuse everything of v1alpha1, with 410 or 404, as a service that has v2 alone' -r -f -a "404\t'As where it never was'
410\t'As where it was'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l token-refusal -d 'How v1alpha1 refuses a bad token: 401, malformed, unknown or doltlab; several take turns' -r -f -a "401\t'401 `Not authenticated`'
malformed\t'400 `invalid authorization header`'
unknown\t'400 `no token found for given API token`'
doltlab\t'400 `apitoken_db: API Token with matching ID not found`'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l refusal-form -d 'Where a refusal of v1alpha1 has its text: message, error, or ok (message, with status 200); several take turns' -r -f -a "message\t'Under `message`'
error\t'Under `error`'
ok\t'Under `message`, with the HTTP status 200'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l no-v2 -d 'Serve v1alpha1 alone, as an older DoltLab: nothing is known under /api/v2/'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l v2-refuses-token -d 'Refuse the token under v2, with 401 as an unknown one; v1alpha1 accepts it'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l free-account -d 'Refuse private databases, as on a free account (400 under v1alpha1, 422 under v2)'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l state -d 'Keep databases and forks in this file' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l user -d 'The token\'s user' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l org -d 'One more organization the user may write to, besides dolthub and anotherOrg; repeatable' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l fork-delay -d 'How long a fork takes' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l latency -d 'Delay added to each response' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l fault-rate -d 'Probability of a fault, from 0 to 1' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l seed -d 'Seed of the faults: the same seed makes the same faults' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l network -d 'Start with a network of N forks under dolthub/museum-collections' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l no-v1alpha1 -d 'Refuse everything of v1alpha1, with 410 or 404, as a service that has v2 alone' -r -f -a "404\t'As where it never was'
410\t'As where it was'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l token-refusal -d 'How v1alpha1 refuses a bad token: 401, malformed, unknown or doltlab; several take turns' -r -f -a "401\t'401 `Not authenticated`'
malformed\t'400 `invalid authorization header`'
unknown\t'400 `no token found for given API token`'
doltlab\t'400 `apitoken_db: API Token with matching ID not found`'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l refusal-form -d 'Where a refusal of v1alpha1 has its text: message, error, or ok (message, with status 200); several take turns' -r -f -a "message\t'Under `message`'
error\t'Under `error`'
ok\t'Under `message`, with the HTTP status 200'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l no-v2 -d 'Serve v1alpha1 alone, as an older DoltLab: nothing is known under /api/v2/'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l v2-refuses-token -d 'Refuse the token under v2, with 401 as an unknown one; v1alpha1 accepts it'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l free-account -d 'Refuse private databases, as on a free account (400 under v1alpha1, 422 under v2)'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from help" -f -a "start" -d 'Keep an emulator running and print the variables to export'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from help" -f -a "exec" -d 'Run a command against a temporary emulator'
complete -c dhub -n "__fish_dhub_using_subcommand emulator; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand completions" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand completions" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand completions" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand completions" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand completions" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand completions" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand completions" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand completions" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand completions" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand version" -s o -l output -d 'Results as table, tsv, csv, md, json, names; dot for --tree' -r -f -a "table\t'As on a terminal'
tsv\t'Tab-separated rows, as in a pipe'
csv\t'Comma-separated rows under a header'
md\t'A Markdown table'
json\t'JSON Lines'
names\t'The first column alone'
dot\t'A graph for Graphviz, of forks --tree'"
complete -c dhub -n "__fish_dhub_using_subcommand version" -l host -d 'The DoltHub or DoltLab to talk to [env: DOLTHUB_HOST] [default: https://www.dolthub.com]' -r -f
complete -c dhub -n "__fish_dhub_using_subcommand version" -l config -d 'The config file [env: DHUB_CONFIG]' -r -F
complete -c dhub -n "__fish_dhub_using_subcommand version" -l color -d 'Colours: auto, always or never [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]' -r -f -a "auto\t'On a terminal'
always\t'Always'
never\t'Never'"
complete -c dhub -n "__fish_dhub_using_subcommand version" -l request-timeout -d 'Time limit of one request, such as 500ms, 90s or 2m [default: 30s]' -r
complete -c dhub -n "__fish_dhub_using_subcommand version" -l json -d 'Print results and errors as JSON Lines'
complete -c dhub -n "__fish_dhub_using_subcommand version" -s q -l quiet -d 'No progress and no notes, only errors'
complete -c dhub -n "__fish_dhub_using_subcommand version" -s v -l verbose -d 'Log requests and responses to stderr (never tokens)'
complete -c dhub -n "__fish_dhub_using_subcommand version" -s h -l help -d 'Print help'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_seen_subcommand_from db auth config emulator completions version help" -f -a "db" -d 'Create, fork, view and list databases'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_seen_subcommand_from db auth config emulator completions version help" -f -a "auth" -d 'Log in, log out, and show the active account'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_seen_subcommand_from db auth config emulator completions version help" -f -a "config" -d 'Show and change settings'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_seen_subcommand_from db auth config emulator completions version help" -f -a "emulator" -d 'Run a local DoltHub for trying things out and testing scripts'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_seen_subcommand_from db auth config emulator completions version help" -f -a "completions" -d 'Print shell completions'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_seen_subcommand_from db auth config emulator completions version help" -f -a "version" -d 'Print the version'
complete -c dhub -n "__fish_dhub_using_subcommand help; and not __fish_seen_subcommand_from db auth config emulator completions version help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from db" -f -a "create" -d 'Create databases'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from db" -f -a "fork" -d 'Fork databases'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from db" -f -a "fork-status" -d 'Show the status of fork operations'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from db" -f -a "forks" -d 'List the forks in a database\'s fork network'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from db" -f -a "view" -d 'Show what databases are: page, clone address, parent, root, forks'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "login" -d 'Store a token for the host'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "status" -d 'Show the active account and where its token comes from'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "logout" -d 'Remove the stored token'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "token" -d 'Print the token that is in use, to be piped'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "list" -d 'Show every setting, with where its value comes from'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "get" -d 'Show the value that is in effect'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "set" -d 'Set a value in the config file'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "unset" -d 'Remove a value from the config file'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Print the config file\'s path'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from emulator" -f -a "start" -d 'Keep an emulator running and print the variables to export'
complete -c dhub -n "__fish_dhub_using_subcommand help; and __fish_seen_subcommand_from emulator" -f -a "exec" -d 'Run a command against a temporary emulator'
