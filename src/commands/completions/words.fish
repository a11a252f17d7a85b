
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
            case {with_value}
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

