Describe 'Nothing' { }
